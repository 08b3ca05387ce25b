import type {FastifyInstance} from 'fastify';
import {Type} from 'typebox';
import type {Synthesizer} from '../../synthesizer.js';
import {problemSchema} from '../../wire/http.js';
import type {Admission} from '../admission.js';
import type {Metrics} from '../metrics.js';
import {HttpProblem} from '../problem.js';
import {refusals} from './answers.js';
import type {RouteGroup} from './app.js';

export interface OperationOptions {
	readonly synthesizer: Synthesizer;
	readonly admission: Admission;
	readonly metrics: Metrics;
}

const status = Type.Object({status: Type.String()}, {description: 'It is well.'});
const exposition = {
	description: 'The text format of Prometheus.',
	content: {'text/plain': {schema: Type.String()}},
};

/** What operators and machines ask a server for. */
export function operationRoutes(options: OperationOptions): RouteGroup {
	return {
		prefix: '',
		routes(app) {
			health(app, options);
			documents(app, options);
		},
	};
}

function health(app: FastifyInstance, {synthesizer, admission}: OperationOptions): void {
	const tags = ['operation'];
	const config = {open: true};
	const security: [] = [];
	app.get(
		'/healthz',
		{
			config,
			schema: {
				tags,
				security,
				operationId: 'isAlive',
				summary: 'Whether the process answers at all.',
				response: {200: status},
			},
		},
		async () => ({status: 'ok'}),
	);
	app.get(
		'/readyz',
		{
			config,
			schema: {
				tags,
				security,
				operationId: 'isReady',
				summary: 'Whether new work should come here: not while it drains, or has no voice.',
				response: {200: status, 503: problemSchema},
			},
		},
		async () => {
			admission.checkDraining();
			if ((await voices(synthesizer)) > 0) return {status: 'ready'};
			throw new HttpProblem('no_voice', 'there is no voice to speak with');
		},
	);
}

/** How many there are; a synthesizer that cannot tell has none. */
async function voices(synthesizer: Synthesizer): Promise<number> {
	try {
		return (await synthesizer.voices()).length;
	} catch {
		return 0;
	}
}

function documents(app: FastifyInstance, {metrics}: OperationOptions): void {
	app.get(
		'/metrics',
		{
			schema: {
				tags: ['operation'],
				operationId: 'metrics',
				summary: 'What Prometheus reads.',
				response: {200: exposition, ...refusals(problemSchema)},
			},
		},
		async (_request, reply) => {
			const {contentType, body} = await metrics.text();
			return reply.type(contentType).send(body);
		},
	);
	app.get('/openapi.json', {schema: {hide: true}}, async () => app.swagger());
}
