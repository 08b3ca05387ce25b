// Run by memory.ts: tells its resident memory before, and 5 s after, a reader of speech stopped reading.
import {once} from 'node:events';
import {Readable} from 'node:stream';
import {finished} from 'node:stream/promises';
import {setTimeout as wait} from 'node:timers/promises';
import {LocalSynthesizer, TTSTransform} from '../dist/index.js';

const pieceLength = 16_384;
const settle = 5000;

const [{text, speakFirst, atOnce}] = await once(process, 'message');
const synthesizer = new LocalSynthesizer();
await synthesizer.warm({voiceId: 'heart'});
if (speakFirst) await finished(new TTSTransform({synthesizer}).resume().end(text.slice(0, 20_000)));
await wait(settle);
const before = await resident();

const stream = new TTSTransform({synthesizer});
let pulled = 0;
if (atOnce) stream.write(text);
else Readable.from(pieces()).pipe(stream);
await once(stream, 'readable');
stream.read(4800);
await wait(settle);
const after = await resident();
process.send({before, after, accepted: (atOnce ? text.length : pulled) - stream.writableLength});
stream.destroy();
await synthesizer.close();
process.disconnect();

async function resident() {
	for (let times = 0; times < 3; times++) {
		globalThis.gc();
		await wait(100);
	}
	return process.memoryUsage.rss();
}

function* pieces() {
	while (pulled < text.length) {
		const piece = text.slice(pulled, pulled + pieceLength);
		pulled += piece.length;
		yield piece;
	}
}
