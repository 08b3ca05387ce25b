import {Parser} from '@asyncapi/parser';
import test from 'ava';
import {asyncapi} from '../generate/asyncapi.js';
import {asyncapiText} from '../helpers/asyncapi.js';

test('docs/asyncapi.yaml is what the schemas say', t => {
	t.is(asyncapiText, asyncapi(), 'run: node --import=tsx test/generate/asyncapi.ts');
});

test('the official parser finds nothing wrong with it', async t => {
	const {document, diagnostics} = await new Parser().parse(asyncapiText);
	t.deepEqual(
		diagnostics
			.filter(({severity}) => severity < 2)
			.map(({message, path}) => `${path.join('.')}: ${message}`),
		[],
	);
	t.is(document?.version(), '3.0.0');
	t.deepEqual(
		document
			?.messages()
			.all()
			.map(message => message.name()),
		['input', 'chunk', 'timestamp', 'finished', 'error'],
	);
});
