import type {Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {FfmpegPool} from '../transcode/pool.js';
import {webSocketPath} from '../wire/messages.js';
import {Access} from './access.js';
import {Admission} from './admission.js';
import {createApp} from './http/app.js';
import {attach} from './http/attach.js';
import {operationRoutes} from './http/operation-routes.js';
import {Requests} from './http/requests.js';
import {speechRoutes} from './http/speech-routes.js';
import {Speeches} from './http/speeches.js';
import {voiceRoutes} from './http/voice-routes.js';
import {Keys} from './keys.js';
import {checkLimits} from './limits.js';
import {silentLog} from './log.js';
import {Metrics} from './metrics.js';
import {openaiRoutes} from './openai/routes.js';
import {checkVoiceNames} from './openai/voices.js';
import {
	checkListen,
	checkOptions,
	checkTrustProxy,
	type ListenOptions,
	type SpeechServerOptions,
} from './options.js';
import {UsageByKey} from './usage.js';
import {Sessions} from './websocket/sessions.js';
import {acceptWebSockets} from './websocket/ws-adapter.js';
import {withoutPaths} from './without-paths.js';

/** A server that speaks the protocol of `docs/protocol.md`, and beside it the HTTP of `docs/server.md`. */
export interface SpeechServer {
	/** The HTTP server: its own, or the one it is attached to. */
	readonly http: Server;
	/** Starts to listen. Gives the URL for WebSockets. Throws `SpeechError` OPTION_INVALID, and Node's error if it cannot. */
	listen(options?: ListenOptions): Promise<string>;
	/**
	 * Puts other API keys in the place of those it has, at once: what runs over HTTP goes on, sockets of a key that is gone
	 * are closed with 4401. Throws `SpeechError` OPTION_INVALID, and changes nothing, for a wrong key or where the last one
	 * would go.
	 */
	replaceKeys(keys: readonly string[]): void;
	/**
	 * Refuses new sockets, generations and requests, lets those that run finish, but no longer than `timeout` ms (30,000 by
	 * default), then closes. Gives whether all had finished by then.
	 */
	drain(timeout?: number): Promise<boolean>;
	/** Stops everything at once, and closes. Safe to call twice. */
	close(): Promise<void>;
}

/** Makes a server of a synthesizer. Throws `SpeechError` OPTION_INVALID for an option that is missing, out of range or unknown. */
export function createServer(options: SpeechServerOptions): SpeechServer {
	checkOptions(options);
	const {origins, voiceId, log = silentLog} = options;
	const synthesizer = withoutPaths(options.synthesizer, voiceId);
	const limits = checkLimits(options.limits);
	const trustProxy = checkTrustProxy(options.trustProxy);
	const voiceNames = checkVoiceNames(options.openaiVoices);
	const keys = new Keys(options.keys ?? []);
	const access = new Access({keys, origins, trustProxy});
	const admission = new Admission(synthesizer, limits.maxLateness);
	const usage = new UsageByKey();
	const metrics = new Metrics(synthesizer);
	const pool = new FfmpegPool(options.ffmpegPool);
	const shared = {synthesizer, access, admission, usage, voiceId, limits, metrics, pool, log};

	const own = options.server === undefined;
	const {operations = own} = options;
	const requests = new Requests();
	const speeches = new Speeches(shared);
	const app = createApp({...shared, requests}, [
		...(operations ? [operationRoutes(shared)] : []),
		voiceRoutes(synthesizer),
		speechRoutes({speeches, limits, metrics}),
		openaiRoutes({synthesizer, speeches, limits, metrics, voiceNames}),
	]);
	const {fastify} = app;
	const http = options.server ?? fastify.server;
	const detach = own ? () => {} : attach(app, http);
	const sessions = new Sessions(shared);
	const stopUpgrades = acceptWebSockets(http, {
		limits,
		own,
		isBusy: socket => requests.isBusy(socket),
		admit: request => sessions.admit(request),
	});

	const closeAll = async () => {
		admission.draining = true;
		stopUpgrades();
		detach();
		requests.close();
		await sessions.close();
		await new Promise(resolve => {
			fastify.server.close(resolve);
			fastify.server.closeAllConnections();
		});
		await Promise.all([fastify.close(), pool.close()]);
	};
	let closing: Promise<void> | undefined;
	const close = () => {
		closing ??= closeAll();
		return closing;
	};
	return {
		http,
		async listen(options = {}) {
			const {host, port} = checkListen(options, {guarded: keys.needed});
			await fastify.ready();
			await new Promise<void>((resolve, reject) => {
				http.once('error', reject);
				http.listen({host, port}, () => {
					http.off('error', reject);
					resolve();
				});
			});
			return urlOf(http);
		},
		replaceKeys(given) {
			keys.replace(given);
			sessions.revoke();
		},
		async drain(timeout = 30_000) {
			admission.draining = true;
			const done = await Promise.all([sessions.drain(timeout), requests.drain(timeout)]);
			await close();
			return done.every(Boolean);
		},
		close,
	};
}

function urlOf(http: Server): string {
	const {address, family, port} = http.address() as AddressInfo; // It listens on a port: no pipe, not closed.
	return `ws://${family === 'IPv6' ? `[${address}]` : address}:${port}${webSocketPath}`;
}
