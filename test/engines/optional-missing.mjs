// Makes the optional packages look as if they were not installed, in this thread and its workers.
import {register} from 'node:module';

const hooks = `
const missing = new Set(['onnxruntime-node', '@echogarden/espeak-ng-emscripten']);
export async function resolve(specifier, context, next) {
	if (missing.has(specifier)) throw Object.assign(new Error("Cannot find package '" + specifier + "'"), {code: 'ERR_MODULE_NOT_FOUND'});
	return next(specifier, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
