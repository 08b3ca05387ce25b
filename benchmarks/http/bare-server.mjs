// Run by served.ts: the least that an HTTP server which speaks can be, around the same engine.
import {once} from 'node:events';
import {createServer} from 'node:http';
import {LocalSynthesizer} from '../../dist/index.js';

const [{voiceId}] = await once(process, 'message');
const synthesizer = new LocalSynthesizer();
await synthesizer.warm({voiceId});
const server = createServer(async (request, response) => {
	let body = '';
	for await (const part of request) body += part;
	const {text, voiceId, format} = JSON.parse(body);
	response.writeHead(200, {'content-type': 'audio/pcm'});
	const {sampleRate} = format;
	for await (const event of synthesizer.speak(asPiece(text), {voiceId, sampleRate, words: false})) {
		if (event.type === 'audio' && !response.write(event.pcm)) await once(response, 'drain');
	}
	response.end();
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send(`http://127.0.0.1:${server.address().port}/`);

async function* asPiece(text) {
	yield text;
}
