import type {InferenceSession, Tensor} from 'onnxruntime-web';
import {SpeechError} from '../../errors.js';
import type {Guard} from '../native-gate.js';
import {toFloat16} from './float16.js';
import type {RuntimeChoice, RuntimeReport} from './runtime-choice.js';

type Ort = Pick<typeof import('onnxruntime-web'), 'InferenceSession' | 'Tensor'>;
export type Feeds = InferenceSession.FeedsType;

const elements = {
	float32: values => Float32Array.from(values),
	float16: toFloat16,
	int32: values => Int32Array.from(values),
	float64: values => Float64Array.from(values),
	int64: values => BigInt64Array.from(Array.from(values, BigInt)),
} as const satisfies Record<string, (values: ArrayLike<number>) => unknown>;

export type TensorType = keyof typeof elements;

/** A loaded network: named tensors in, the named outputs back. */
export type Network = (feeds: Feeds, outputs: readonly string[]) => Promise<Record<string, Tensor>>;

/** ONNX Runtime as this thread has it. `run` blocks the thread: for worker threads only. */
export interface Runtime {
	readonly report: RuntimeReport;
	tensor(type: TensorType, values: ArrayLike<number>, dims: readonly number[]): Tensor;
	/** Loads a network from the bytes of an ONNX file. */
	load(model: Uint8Array): Promise<Network>;
}

const sessionOptions = {
	intraOpNumThreads: 1,
	interOpNumThreads: 1,
	// Nothing on stderr: errors are thrown, and what a stock file could be warned of is nothing that its user can mend.
	logSeverityLevel: 4,
	// A pattern is laid out anew for each length of text, beside what the lengths before took: a third more memory, no less time.
	enableMemPattern: false,
	// Weights lie in memory of their own size, not in a power of two of what the inferences work in.
	extra: {session: {use_device_allocator_for_initializers: '1'}},
} as const;

/** For a thread that nobody ends while it works. */
const unguarded: Guard = work => work();

/**
 * Loads the runtime chosen; all that is native goes through `guard`. Throws `SpeechError` ENGINE_MISSING where the native one
 * was asked for and does not load.
 */
export async function loadRuntime(choice: RuntimeChoice, guard: Guard = unguarded): Promise<Runtime> {
	if (choice === 'wasm') return loadWasm('the WASM runtime was asked for');
	try {
		return await loadNative(guard);
	} catch (error) {
		const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
		if (choice === 'auto') return loadWasm(`onnxruntime-node does not load: ${reason}`);
		throw new SpeechError(
			'ENGINE_MISSING',
			`onnxruntime-node does not load (${reason}): ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node, or let runtime be auto.`,
			{cause: error},
		);
	}
}

async function loadNative(guard: Guard): Promise<Runtime> {
	const ort = await guard(() => import('onnxruntime-node'));
	const version = ort.env.versions.node ?? ort.env.versions.common;
	return wrap(ort, {name: 'onnxruntime-node', version}, guard);
}

async function loadWasm(nativeMissing: string): Promise<Runtime> {
	const ort = await import('onnxruntime-web');
	// Before the first session; more threads are slower, and they would be workers of our workers.
	ort.env.wasm.numThreads = 1;
	const version = ort.env.versions.web ?? ort.env.versions.common;
	return wrap(ort, {name: 'onnxruntime-web', version, nativeMissing}, unguarded);
}

function wrap({InferenceSession, Tensor}: Ort, report: RuntimeReport, guard: Guard): Runtime {
	return {
		report,
		tensor: (type, values, dims) => new Tensor(type, elements[type](values), dims),
		async load(model) {
			const session = await guard(() => InferenceSession.create(model, sessionOptions));
			return (feeds, outputs) => guard(() => session.run(feeds, outputs));
		},
	};
}
