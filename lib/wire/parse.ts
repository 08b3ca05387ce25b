import {Compile} from 'typebox/compile';
import type {WireProblem} from './error-codes.js';
import {excerpt, fieldProblem, isObject, kindOf} from './field-problem.js';
import {
	chunkSchema,
	errorSchema,
	finishedSchema,
	type InputMessage,
	inputSchema,
	maxIdLength,
	type OutputMessage,
	timestampSchema,
} from './messages.js';

/** A message, or what is wrong with it. */
export type Parsed<Message, Wrong> =
	| {readonly ok: true; readonly message: Message}
	| ({readonly ok: false; readonly problem: WireProblem} & Wrong);

/** What can be told of a message from a client that is wrong. */
export interface WrongInput {
	/** Whether it was no JSON object at all. */
	readonly undecodable: boolean;
	/** The generation it names, if it names one. */
	readonly generationId: string | undefined;
	/** Whether it says that no more text follows (`finalText` or `cancel`). */
	readonly ends: boolean;
}

const input = Compile(inputSchema);
const outputs = {
	chunk: Compile(chunkSchema),
	timestamp: Compile(timestampSchema),
	finished: Compile(finishedSchema),
	error: Compile(errorSchema),
} as const;

/**
 * Reads what a client sent. Only known fields are looked at, so that a `__proto__` key is as good as any unknown one; a
 * `generationId`, `contextId` or `voiceId` of `""` is as good as absent.
 */
export function parseInput(text: string): Parsed<InputMessage, WrongInput> {
	const value = decode(text);
	if (!isObject(value)) {
		const what = value === undefined ? 'it is not JSON' : `it is ${kindOf(value)}`;
		return {
			ok: false,
			problem: {code: 'invalid_message', explanation: `a message must be one JSON object, but ${what}`},
			undecodable: true,
			generationId: undefined,
			ends: false,
		};
	}
	const problem = input.Check(value) ? idProblem(value) : fieldProblem(input.Errors(value), value);
	if (problem === undefined) return {ok: true, message: withoutBlanks(value as InputMessage)}; // `Check` has looked.
	const {generationId} = value;
	return {
		ok: false,
		problem: {code: 'invalid_message', explanation: problem},
		undecodable: false,
		generationId: typeof generationId === 'string' && isId(generationId) ? generationId : undefined,
		ends: value['finalText'] === true || value['cancel'] === true,
	};
}

/**
 * Reads what a server sent. `unknown` is a type that is not ours: to be ignored, as later servers may say more. The words'
 * times are also taken from `timestamps`, and an `error` needs no `generationId`, as servers were seen that differ there.
 */
export function parseOutput(text: string): Parsed<OutputMessage, {readonly unknown: boolean}> {
	const value = decode(text);
	if (!isObject(value)) return wrongOutput('it is not a JSON object', false);
	const {type} = value;
	if (typeof type !== 'string') return wrongOutput('it has no type', false);
	if (!isOutputType(type)) return wrongOutput(`its type is ${excerpt(type)}`, true);
	const message = {...defaultsOf(type, value), ...value};
	if (outputs[type].Check(message)) return {ok: true, message};
	return wrongOutput(fieldProblem(outputs[type].Errors(message), message), false);
}

function wrongOutput(why: string, unknown: boolean) {
	const explanation = `the server sent a message that is not of this protocol: ${why}`;
	return {ok: false, unknown, problem: {code: 'invalid_message', explanation}} as const;
}

function isOutputType(type: string): type is keyof typeof outputs {
	return Object.hasOwn(outputs, type);
}

function defaultsOf(type: keyof typeof outputs, value: Record<string, unknown>): Record<string, unknown> {
	if (type === 'error') return {generationId: ''};
	return type === 'timestamp' ? {wordTimestamps: value['timestamps'] ?? []} : {};
}

function decode(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isId(id: string): boolean {
	return id.length > 0 && id.length <= maxIdLength;
}

/** JSON Schema counts characters otherwise: our limits count UTF-16 units. */
function idProblem(value: Record<string, unknown>): string | undefined {
	for (const name of ['generationId', 'contextId']) {
		const id = value[name];
		if (typeof id === 'string' && id.length > maxIdLength)
			return `${name} is ${id.length} characters long; it must be at most ${maxIdLength}`;
	}
	return undefined;
}

const blankable = ['generationId', 'contextId', 'voiceId'] as const;

function withoutBlanks(message: InputMessage): InputMessage {
	if (blankable.every(name => message[name] !== '')) return message;
	const copy = {...message};
	for (const name of blankable) if (copy[name] === '') delete copy[name];
	return copy;
}
