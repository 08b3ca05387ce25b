import type {FastifyTypeProvider} from 'fastify';
import type {Static, TSchema} from 'typebox';

/** What a route's handler gets is of the type that its schema says. */
export interface SchemaTypes extends FastifyTypeProvider {
	readonly validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
	readonly serializer: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}
