import {parentPort, type Transferable} from 'node:worker_threads';
import {type FromWorker, type ToWorker, toWireError} from './messages.js';
import {type Guard, NativeGate} from './native-gate.js';

/** What a job is given to answer with. */
export interface Answer<Part> {
	/** Sends a part; the memory named in `transfer` moves and is not copied. */
	send(part: Part, transfer: readonly Transferable[]): void;
	/** Whether nobody waits for the job any more. Can change while JavaScript runs: the flag is shared memory. */
	dropped(): boolean;
}

/** What a worker can do once it is loaded. */
export interface Loaded<Request, Part, Report> {
	readonly report: Report;
	render(request: Request, answer: Answer<Part>): Promise<void> | void;
}

/**
 * Runs a worker thread of a pool: loads once, then renders what the pool sends. Native code runs within `guard`.
 */
export function serve<Request, Part, Report, Data>(
	load: (data: Data, guard: Guard) => Promise<Loaded<Request, Part, Report>>,
): void {
	const port = parentPort;
	if (!port) throw new Error('this module runs in a worker thread only');
	const tell = (message: FromWorker<Part, Report>, transfer: readonly Transferable[] = []) =>
		port.postMessage(message, transfer);
	let loaded: Loaded<Request, Part, Report> | undefined;
	let flag: Int32Array = new Int32Array(1);

	const onLoad = async (data: Data, guard: Guard) => {
		try {
			loaded = await load(data, guard);
			tell({type: 'ready', report: loaded.report});
		} catch (error) {
			tell({type: 'load-failed', error: toWireError(error)});
		}
	};

	const onJob = async (id: number, request: Request) => {
		try {
			await loaded?.render(request, {
				send: (part, transfer) => tell({type: 'part', part}, transfer),
				dropped: () => Atomics.load(flag, 0) === id,
			});
			tell({type: 'done'});
		} catch (error) {
			tell({type: 'failed', error: toWireError(error)});
		}
	};

	port.on('message', (message: ToWorker<Request, Data>) => {
		if (message.type === 'load') {
			flag = new Int32Array(message.dropped);
			void onLoad(message.data, new NativeGate(message.gate).guard);
		} else void onJob(message.id, message.request);
	});
}
