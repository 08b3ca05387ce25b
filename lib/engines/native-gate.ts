/** Does work that must not be cut off by the thread's end. Where the thread is about to end, it never settles. */
export type Guard = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Places in the shared memory: how many are inside, and whether the gate is closing. */
const insideAt = 0;
const closingAt = 1;
/** How long the end of the process waits for native code, in ms: one utterance of the slowest voice takes less. */
const patience = 10_000;

/**
 * Stands between a worker thread and native code. onnxruntime-node aborts the whole process where its thread is ended
 * while it runs (nothing catches its C++ exception), so a thread is ended only once its owner has shut its gate.
 */
export class NativeGate {
	readonly #cells: Int32Array<SharedArrayBuffer>;

	/** Without memory, a gate of its own; with that of another thread's gate, the same gate. */
	constructor(memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
		this.#cells = new Int32Array(memory);
	}

	get memory(): SharedArrayBuffer {
		return this.#cells.buffer;
	}

	readonly guard: Guard = async work => {
		Atomics.add(this.#cells, insideAt, 1);
		try {
			// Whoever closes looks inside after it has said so, and we look after we have entered: one of the two sees the other.
			if (Atomics.load(this.#cells, closingAt) === 1) return new Promise(() => {});
			return await work();
		} finally {
			Atomics.sub(this.#cells, insideAt, 1);
			Atomics.notify(this.#cells, insideAt);
		}
	};

	/** Lets nobody in any more; settles once nobody is inside. */
	async shut(): Promise<void> {
		for (let inside = this.#close(); inside > 0; inside = this.#close()) {
			await Atomics.waitAsync(this.#cells, insideAt, inside).value;
		}
	}

	/** The same where nothing can be awaited: blocks this thread, but not for ever. */
	shutNow(): void {
		for (let inside = this.#close(); inside > 0; inside = this.#close()) {
			if (Atomics.wait(this.#cells, insideAt, inside, patience) === 'timed-out') return;
		}
	}

	/** Gives how many are inside still. */
	#close(): number {
		Atomics.store(this.#cells, closingAt, 1);
		return Atomics.load(this.#cells, insideAt);
	}
}

const open = new Set<NativeGate>();

function shutAll(): void {
	for (const gate of open) gate.shutNow();
}

/** The end of the process ends all threads: until `forget` is called, it waits for this gate. */
export function shutAtExit(gate: NativeGate): {forget: () => void} {
	if (open.size === 0) process.on('exit', shutAll);
	open.add(gate);
	return {
		forget() {
			open.delete(gate);
			if (open.size === 0) process.off('exit', shutAll);
		},
	};
}
