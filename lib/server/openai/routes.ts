import type {RouteGroup} from '../http/app.js';
import {openaiError} from './errors.js';
import {addModelRoutes} from './model-routes.js';
import {addSpeechRoute, type OpenaiOptions} from './speech-route.js';

/** What clients of OpenAI's speech expect, below `/v1`. */
export function openaiRoutes(options: OpenaiOptions): RouteGroup {
	return {
		prefix: '/v1',
		shape: openaiError,
		routes(app) {
			addSpeechRoute(app, options);
			addModelRoutes(app);
		},
	};
}
