import {Validator} from '@seriousme/openapi-schema-validator';
import test from 'ava';
import {httpServer} from '../../helpers/http.js';
import {ToneSynthesizer} from '../../helpers/tone.js';
import {WireClient} from '../../helpers/wire-client.js';

test('readyz: not without a voice, nor where none can be told', async t => {
	const none = Object.assign(new ToneSynthesizer(), {voices: async () => []});
	const broken = Object.assign(new ToneSynthesizer(), {voices: () => Promise.reject(new Error('no list'))});
	for (const synthesizer of [none, broken]) {
		const {ask, refusal} = await httpServer(t, {synthesizer});
		t.like(await refusal('/readyz'), {status: 503, code: 'no_voice'});
		t.is((await ask('/healthz')).status, 200);
	}
});

test('metrics count both transports', async t => {
	const {ask, url} = await httpServer(t);
	await (
		await ask('/api/tts', {text: 'One two', format: {outputType: 'RAW_PCM16', sampleRate: 16_000}})
	).arrayBuffer();
	await ask('/api/tts', {text: 5});
	await ask('/api/tts', {text: 'Привет'});
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', voiceId: 'tone', text: 'One two', finalText: true, sampleRate: 16_000});
	await client.heard('g');
	client.send({generationId: 'h', text: 'Привет', finalText: true});
	await client.heard('h');
	const response = await ask('/metrics');
	t.regex(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
	const text = await response.text();
	const value = (name: string) =>
		Number(new RegExp(`^${name.replaceAll(/[{}]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);
	for (const transport of ['http', 'websocket']) {
		t.is(value(`speechpipe_generations_total{transport="${transport}",outcome="finished"}`), 1);
		t.is(value(`speechpipe_generations_open{transport="${transport}"}`), 0);
		t.is(value(`speechpipe_first_chunk_seconds_count{transport="${transport}"}`), 1);
		t.is(value(`speechpipe_real_time_factor_count{transport="${transport}"}`), 1);
		t.is(value(`speechpipe_audio_seconds_total{transport="${transport}"}`), 0.04375);
		t.is(value(`speechpipe_audio_bytes_total{transport="${transport}",format="RAW_PCM16"}`), 1400);
		t.is(value(`speechpipe_characters_total{transport="${transport}"}`), 13);
		t.is(value(`speechpipe_errors_total{transport="${transport}",code="text_not_speakable"}`), 1);
		t.is(value(`speechpipe_underruns_total{transport="${transport}"}`), 0);
	}
	t.is(value('speechpipe_errors_total{transport="http",code="invalid_message"}'), 1);
	t.is(value('speechpipe_websockets_open'), 1);
	t.is(value('speechpipe_http_request_seconds_count{method="POST",route="/api/tts",status="200"}'), 1);
	t.is(value('speechpipe_http_request_seconds_count{method="POST",route="/api/tts",status="400"}'), 1);
	t.is(value('speechpipe_ffmpeg_processes'), 0);
	for (const name of ['queue_wait_seconds', 'workers', 'lateness_seconds', 'utterances_waiting'])
		t.regex(text, new RegExp(`^# TYPE speechpipe_${name} `, 'm'));
	t.regex(text, /^process_cpu_seconds_total /m);
});

interface Operation {
	readonly operationId?: string;
	readonly responses: Readonly<
		Record<string, {readonly description: string; readonly headers?: Readonly<Record<string, object>>}>
	>;
}

test('openapi.json is valid OpenAPI 3.1, and tells every route', async t => {
	const {ask} = await httpServer(t);
	const document: {paths: Record<string, Record<string, Operation>>} = JSON.parse(
		await (await ask('/openapi.json')).text(),
	);
	const result = await new Validator().validate(document);
	t.deepEqual(result.errors ?? [], []);
	t.true(result.valid);
	t.like(document, {openapi: '3.1.0', info: {title: 'speechpipe HTTP TTS'}});
	const paths = Object.entries(document.paths);
	const routes = paths.flatMap(([path, methods]) => Object.keys(methods).map(method => `${method} ${path}`));
	for (const route of [
		'post /api/tts',
		'post /api/tts/multispeaker',
		'get /api/voices',
		'get /healthz',
		'get /readyz',
		'get /metrics',
	])
		t.true(routes.includes(route), route);

	for (const [path, methods] of paths) {
		for (const operation of Object.values(methods)) {
			t.regex(operation.operationId ?? '', /^\w+$/, path);
			for (const {description} of Object.values(operation.responses))
				t.notRegex(description, /Default Response/, path);
		}
	}
	const responses = document.paths['/api/tts']?.post?.responses ?? {};
	t.regex(responses['422']?.description ?? '', /`voice_unknown`: /);
	t.truthy(responses['429']?.headers?.['Retry-After']);
});
