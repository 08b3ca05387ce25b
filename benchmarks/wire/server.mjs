// Run by served.ts: a server as it is published, which tells where it listens and, when asked, what it has used.
import {once} from 'node:events';
import {setTimeout as wait} from 'node:timers/promises';
import {LocalSynthesizer} from '../../dist/index.js';
import {createServer} from '../../dist/server/index.js';

const sampleRate = 24_000;
const [{voiceId, limits}] = await once(process, 'message');
const synthesizer = new LocalSynthesizer();
await synthesizer.warm({voiceId});
const server = createServer({synthesizer, voiceId, limits});
process.on('message', async ({ask, texts}) => {
	if (ask === 'collect') await collect();
	if (ask === 'first') process.send(await first(texts[0]));
	else process.send(ask === 'speak' ? await speak(texts) : usage());
});
process.on('disconnect', () => process.exit());
process.send(await server.listen({port: 0}));

/** CPU of all threads and of the main one's event loop in ms, resident memory in bytes. */
function usage() {
	const {user, system} = process.cpuUsage();
	const {active} = performance.eventLoopUtilization();
	return {cpu: (user + system) / 1000, main: active, resident: process.memoryUsage.rss()};
}

async function collect() {
	for (let times = 0; times < 3; times++) {
		globalThis.gc();
		await wait(100);
	}
}

/** The same speech without the wire. Gives seconds of audio. */
async function speak(texts) {
	const spoken = await Promise.all(texts.map(seconds));
	return spoken.reduce((sum, part) => sum + part, 0);
}

/** ms from asking to the first audio. */
async function first(text) {
	const started = performance.now();
	let ms;
	for await (const event of synthesizer.speak(asPiece(text), {voiceId, sampleRate})) {
		if (event.type === 'audio') ms ??= performance.now() - started;
	}
	return ms;
}

async function seconds(text) {
	let samples = 0;
	for await (const event of synthesizer.speak(asPiece(text), {voiceId, sampleRate})) {
		if (event.type === 'audio') samples += event.pcm.length / 2;
	}
	return samples / sampleRate;
}

async function* asPiece(text) {
	yield text;
}
