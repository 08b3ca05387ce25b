import type {FastifySchemaCompiler} from 'fastify';
import type {TSchema} from 'typebox';
import {Compile} from 'typebox/compile';
import {excerpt, fieldProblem, isObject, kindOf, wrongField} from '../../wire/field-problem.js';
import {HttpProblem} from '../problem.js';

/** Checks what comes in by the routes' schemas: nothing is coerced, filled in or removed. The first thing wrong is told as `HttpProblem`. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({schema, httpPart}) => {
	const compiled = Compile(schema);
	return (given: unknown) => {
		const value = httpPart === 'querystring' ? withIntegers(schema, given) : given;
		if (compiled.Check(value)) return {value};
		return {error: problemOf(compiled.Errors(value), value)};
	};
};

function problemOf(errors: Parameters<typeof wrongField>[0], value: unknown): HttpProblem {
	if (!isObject(value)) {
		const isThere = value !== undefined && value !== null;
		const what = isThere ? `it is ${kindOf(value)}, ${excerpt(value)}` : 'it is null, or there is none';
		return new HttpProblem('invalid_message', `the body must be one JSON object, but ${what}`);
	}
	const field = wrongField(errors);
	const code = /^format(?:\.|$)/.test(field) ? 'format_invalid' : 'invalid_message';
	return new HttpProblem(code, fieldProblem(errors, value), {field});
}

/** A query is text by its nature: what stands for a whole number is read as one, in digits alone. */
function withIntegers(schema: TSchema, query: unknown): unknown {
	if (!isObject(query) || !('properties' in schema) || !isObject(schema.properties)) return query;
	const {properties} = schema;
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => {
			const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
			const isInteger = isObject(property) && property['type'] === 'integer';
			const isDigits = typeof value === 'string' && /^\d{1,15}$/.test(value);
			return [name, isInteger && isDigits ? Number(value) : value];
		}),
	);
}
