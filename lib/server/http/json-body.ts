import type {FastifyInstance, FastifyRequest} from 'fastify';
import {parseJson} from '../../wire/json.js';
import {HttpProblem} from '../problem.js';

/** Bodies are JSON and nothing else: what a form or plain text can carry, any page could send without being asked for leave. */
export function takeJsonAlone(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'application/json',
		{parseAs: 'buffer'},
		async ({headers}: FastifyRequest, body: Buffer) => {
			const {'content-encoding': encoding = 'identity'} = headers;
			if (encoding !== 'identity')
				throw new HttpProblem(
					'media_type_unknown',
					`send the body without Content-Encoding, not ${encoding}`,
				);
			const parsed = parseJson(body);
			if (parsed.ok) return parsed.value;
			throw new HttpProblem('invalid_message', `the body must be one JSON object, but ${parsed.problem}`);
		},
	);
}
