/**
 * Makes docs/asyncapi.yaml from the schemas in lib/wire. Run as: node --import=tsx test/generate/asyncapi.ts
 */
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {dump} from 'js-yaml';
import {
	chunkSchema,
	errorSchema,
	finishedSchema,
	inputSchema,
	timestampSchema,
	webSocketPath,
} from '../../lib/wire/messages.js';

const schemas = {
	input: inputSchema,
	chunk: chunkSchema,
	timestamp: timestampSchema,
	finished: finishedSchema,
	error: errorSchema,
};

const examples = {
	input: [
		{
			name: 'first',
			payload: {generationId: 'g1', voiceId: 'heart', text: 'Hello! ', finalText: false, sampleRate: 24000},
		},
		{name: 'last', payload: {generationId: 'g1', text: 'This is the end.', finalText: true}},
		{name: 'cancel', payload: {generationId: 'g1', cancel: true}},
		{name: 'cancelContext', payload: {contextId: 'c1', cancel: true}},
	],
	chunk: [{name: 'silence', payload: {type: 'chunk', generationId: 'g1', audio: 'AAAAAA=='}}],
	timestamp: [
		{
			name: 'words',
			payload: {
				type: 'timestamp',
				generationId: 'g1',
				wordTimestamps: [{word: 'Hello', startTime: 0.05, endTime: 0.41}],
			},
		},
	],
	finished: [{name: 'finished', payload: {type: 'finished', generationId: 'g1'}}],
	error: [
		{
			name: 'unknownVoice',
			payload: {type: 'error', generationId: 'g1', error: 'voice_unknown: There is no voice "hart".'},
		},
	],
};
const names = Object.keys(schemas) as Array<keyof typeof schemas>; // Its keys, no more.
const titleOf = (name: string) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
const each = <T>(make: (name: keyof typeof schemas) => T) =>
	Object.fromEntries(names.map(name => [name, make(name)]));
const messageRefs = (of: readonly string[]) => of.map(name => ({$ref: `#/channels/speech/messages/${name}`}));

/** The document, as YAML. */
export function asyncapi(): string {
	const document = {
		asyncapi: '3.0.0',
		info: {
			title: 'speechpipe WebSocket TTS',
			version: '1.0.0',
			description:
				'Text to speech over a WebSocket: JSON text frames, one object a frame, many generations at once. docs/protocol.md tells what the messages mean.',
			license: {name: 'MIT'},
		},
		defaultContentType: 'application/json',
		servers: {
			local: {
				host: '127.0.0.1:8080',
				protocol: 'ws',
				description: 'speechpipe serve. Without API keys it asks for none.',
				security: [
					{$ref: '#/components/securitySchemes/bearer'},
					{$ref: '#/components/securitySchemes/query'},
				],
			},
		},
		channels: {
			speech: {
				address: webSocketPath,
				messages: each(name => ({$ref: `#/components/messages/${name}`})),
				bindings: {ws: {method: 'GET'}},
			},
		},
		operations: {
			speak: {
				action: 'receive',
				channel: {$ref: '#/channels/speech'},
				messages: messageRefs(['input']),
				summary: 'The server takes text to speak.',
			},
			answer: {
				action: 'send',
				channel: {$ref: '#/channels/speech'},
				messages: messageRefs(['chunk', 'timestamp', 'finished', 'error']),
				summary: 'The server sends audio, word times and the end of each generation.',
			},
		},
		components: {
			messages: each(name => ({
				name,
				title: titleOf(name),
				payload: {$ref: `#/components/schemas/${titleOf(name)}`},
				examples: examples[name],
			})),
			schemas: Object.fromEntries(names.map(name => [titleOf(name), plain(schemas[name])])),
			securitySchemes: {
				bearer: {type: 'http', scheme: 'bearer', description: 'Authorization: Bearer API_TOKEN'},
				query: {
					type: 'httpApiKey',
					in: 'query',
					name: 'apiKey',
					description: 'For browsers, which cannot set the header.',
				},
			},
		},
	};
	return `# Made by test/generate/asyncapi.ts from the schemas in lib/wire: change those.\n${dump(document, {lineWidth: 110, noRefs: true})}`;
}

/** A schema without what only its maker needs. */
function plain(schema: object): unknown {
	return JSON.parse(JSON.stringify(schema));
}

const file = fileURLToPath(new URL('../../docs/asyncapi.yaml', import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, asyncapi());
