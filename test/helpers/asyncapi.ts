import {readFileSync} from 'node:fs';
import {Ajv, type ValidateFunction} from 'ajv';
import {load} from 'js-yaml';

/** The text of docs/asyncapi.yaml. */
export const asyncapiText = readFileSync(new URL('../../docs/asyncapi.yaml', import.meta.url), 'utf8');

interface Document {
	readonly components: {
		readonly schemas: Record<'Input' | 'Chunk' | 'Timestamp' | 'Finished' | 'Error', object>;
	};
}
const {schemas} = (load(asyncapiText) as Document).components; // A test has the official parser look at it.
const ajv = new Ajv({allErrors: true, strict: true});
const input = ajv.compile(schemas.Input);
// Closed: of what the server says nothing is unknown, and nothing is there that was not asked for.
const outputs: Record<string, ValidateFunction> = {
	chunk: ajv.compile({...schemas.Chunk, additionalProperties: false}),
	timestamp: ajv.compile({...schemas.Timestamp, additionalProperties: false}),
	finished: ajv.compile({...schemas.Finished, additionalProperties: false}),
	error: ajv.compile({...schemas.Error, additionalProperties: false}),
};

/** Throws unless a client's message is as docs/asyncapi.yaml says. */
export function validateInput(message: object): void {
	validate(input, message);
}

/** Throws unless a server's message is as docs/asyncapi.yaml says. */
export function validateOutput(message: {readonly type: string}): void {
	const check = outputs[message.type];
	if (!check) throw new Error(`no message is of type ${message.type}`);
	validate(check, message);
}

function validate(check: ValidateFunction, message: object): void {
	if (!check(message))
		throw new Error(`${ajv.errorsText(check.errors)}: ${JSON.stringify(message).slice(0, 300)}`);
}
