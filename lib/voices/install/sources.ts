import type {Family} from '../installed.js';
import type {Published} from './fetch-rest.js';

/** Where each family is published, below Hugging Face: Kokoro at the commit whose hashes we have. */
const repositories: Readonly<Record<Family, string>> = {
	hibari: 'maureesewilliams/hibari/resolve/main',
	kokoro: 'onnx-community/Kokoro-82M-v1.0-ONNX/resolve/1939ad2a8e416c0acfeecc08a694d14ef25f2231',
	piper: 'rhasspy/piper-voices/resolve/main',
};
const host = 'https://huggingface.co';
const kokoroOnnx = 'https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0';

/**
 * The addresses of a file of a family, the likeliest first. A mirror (`from`) holds a copy of each repository in the folder
 * `hibari`, `kokoro` or `piper`, or all of them where Hugging Face has them.
 */
export function addresses(family: Family, path: string, from: string | undefined): string[] {
	const encoded = path.split('/').map(encodeURIComponent).join('/');
	if (from === undefined) return [`${host}/${repositories[family]}/${encoded}`];
	const base = from.replace(/\/+$/, '');
	return [`${base}/${family}/${encoded}`, `${base}/${repositories[family]}/${encoded}`];
}

/** An export of Kokoro's model: `int8` is the smallest, `fp32` the original. */
export type KokoroModel = 'int8' | 'fp16' | 'fp32';

interface KokoroExport {
	readonly size: number;
	readonly sha256: string;
}

/** As onnx-community publishes them, and as kokoro-onnx's releases do: either speaks. */
const kokoroModels: Readonly<Record<KokoroModel, readonly [path: string, KokoroExport][]>> = {
	int8: [
		[
			'onnx/model_quantized.onnx',
			{size: 92_361_116, sha256: 'fbae9257e1e05ffc727e951ef9b9c98418e6d79f1c9b6b13bd59f5c9028a1478'},
		],
		[
			'kokoro-v1.0.int8.onnx',
			{size: 92_361_271, sha256: '6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb'},
		],
	],
	fp16: [
		[
			'onnx/model_fp16.onnx',
			{size: 163_234_740, sha256: 'ba4527a874b42b21e35f468c10d326fdff3c7fc8cac1f85e9eb6c0dfc35c334a'},
		],
		[
			'kokoro-v1.0.fp16.onnx',
			{size: 177_464_787, sha256: 'c1610a859f3bdea01107e73e50100685af38fff88f5cd8e5c56df109ec880204'},
		],
	],
	fp32: [
		[
			'onnx/model.onnx',
			{size: 325_532_232, sha256: '8fbea51ea711f2af382e88c833d9e288c6dc82ce5e98421ea61c058ce21a34cb'},
		],
		[
			'kokoro-v1.0.onnx',
			{size: 325_532_387, sha256: '7d5df8ecf7d4b1878015a32686053fd0eebe2bc377234608764cc0ef3636a6c5'},
		],
	],
};

export const kokoroModelNames = Object.keys(kokoroModels) as KokoroModel[]; // Its keys are written above.

/** Bytes. */
export function kokoroModelSize(model: KokoroModel): number {
	return kokoroModels[model][0]?.[1].size ?? 0;
}

/** Where an export of Kokoro's model is. */
export function kokoroModelFiles(model: KokoroModel, from: string | undefined): Published[] {
	return kokoroModels[model].flatMap(([path, published]) => {
		const urls =
			from === undefined && !path.includes('/') ? [`${kokoroOnnx}/${path}`] : addresses('kokoro', path, from);
		return urls.map(url => ({url, ...published}));
	});
}
