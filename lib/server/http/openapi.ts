import type {FastifyDynamicSwaggerOptions} from '@fastify/swagger';

/** What the document says besides the routes, whose schemas tell the rest. */
export const openapi: FastifyDynamicSwaggerOptions = {
	hideUntagged: true,
	openapi: {
		openapi: '3.1.0',
		info: {
			title: 'speechpipe HTTP TTS',
			version: '1.0.0',
			description:
				'Text to speech as streaming audio. docs/server.md tells about the routes, docs/protocol.md about the WebSocket beside them.',
			license: {name: 'MIT', identifier: 'MIT'},
		},
		components: {
			securitySchemes: {
				bearer: {type: 'http', scheme: 'bearer', description: 'Authorization: Bearer API_TOKEN'},
				query: {
					type: 'apiKey',
					in: 'query',
					name: 'apiKey',
					description: 'For who cannot set the header.',
				},
			},
		},
		security: [{bearer: []}, {query: []}],
	},
};
