import type {FileSource, PlanOptions} from './plan.js';
import {kokoroModelFiles} from './sources.js';

/** Bytes: 510 rows of 256 float32. */
export const styleSize = 522_240;

/** Kokoro's model: the one that is installed, unless another export was asked for. */
export function kokoroModel({model, manifests, from}: PlanOptions): FileSource {
	const published = kokoroModelFiles(model ?? 'int8', from);
	const installed = manifests
		.filter(({family}) => family === 'kokoro')
		.map(({model: file}) => file)
		.find(file => model === undefined || published.some(({sha256}) => sha256 === file.sha256));
	return installed ? {stored: installed} : {name: `kokoro-v1.0.${model ?? 'int8'}.onnx`, published};
}
