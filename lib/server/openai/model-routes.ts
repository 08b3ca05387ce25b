import type {FastifyInstance} from 'fastify';
import {Type} from 'typebox';
import {refusals} from '../http/answers.js';
import type {SchemaTypes} from '../http/type-provider.js';
import {HttpProblem} from '../problem.js';
import {errorAnswer, type Model, modelAnswer, modelsAnswer} from './schema.js';

/** What is listed for clients that choose from a list; a request may name any other, too. */
const ids = ['speechpipe', 'gpt-4o-mini-tts', 'tts-1', 'tts-1-hd'];

/** `GET /v1/models` and `GET /v1/models/{model}`. */
export function addModelRoutes(app: FastifyInstance): void {
	const typed = app.withTypeProvider<SchemaTypes>();
	const tags = ['openai'];
	const created = Math.floor(Date.now() / 1000);
	const models = ids.map((id): Model => ({id, object: 'model', created, owned_by: 'speechpipe'}));
	typed.get(
		'/models',
		{
			schema: {
				tags,
				operationId: 'listModels',
				summary: 'Names that a request may give as its model.',
				response: {200: modelsAnswer, ...refusals(errorAnswer)},
			},
		},
		async () => ({object: 'list' as const, data: models}),
	);
	typed.get(
		'/models/:model',
		{
			schema: {
				tags,
				operationId: 'retrieveModel',
				summary: 'One of the names that a request may give as its model.',
				params: Type.Object({model: Type.String({description: 'As the list has it.'})}),
				response: {200: modelAnswer, ...refusals(errorAnswer, ['model_unknown'])},
			},
		},
		async ({params}) => {
			const model = models.find(({id}) => id === params.model);
			if (model) return model;
			const explanation = `there is no model ${JSON.stringify(params.model)}: GET /v1/models lists them`;
			throw new HttpProblem('model_unknown', explanation, {field: 'model'});
		},
	);
}
