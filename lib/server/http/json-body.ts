import type {FastifyInstance} from 'fastify';
import {parseJson} from '../../wire/json.js';
import {HttpProblem} from '../problem.js';

/** Bodies are JSON and nothing else: what a form or plain text can carry, any page could send without being asked for leave. */
export function takeJsonAlone(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'application/json',
		{parseAs: 'buffer'},
		async (_request: unknown, body: Buffer) => {
			const parsed = parseJson(body);
			if (parsed.ok) return parsed.value;
			throw new HttpProblem('invalid_message', `the body must be one JSON object, but ${parsed.problem}`);
		},
	);
}
