import type {HttpErrorCode} from '../../wire/http-errors.js';
import type {HttpProblem} from '../problem.js';
import type {ErrorAnswer} from './schema.js';

/** Codes for which OpenAI has its own word, which its users may look for. */
const codes: {readonly [Code in HttpErrorCode]?: string} = {
	key_invalid: 'invalid_api_key',
	model_unknown: 'model_not_found',
	rate_limited: 'rate_limit_exceeded',
};

/** What is wrong, as OpenAI tells it. */
export function openaiError({code, status, explanation, field}: HttpProblem): ErrorAnswer {
	return {
		error: {
			message: explanation,
			type: errorType(status),
			param: field ?? null,
			code: codes[code] ?? code,
		},
	};
}

function errorType(status: number): string {
	if (status >= 500) return 'server_error';
	return status === 429 ? 'rate_limit_error' : 'invalid_request_error';
}
