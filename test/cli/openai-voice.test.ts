import test from 'ava';
import {hear} from '../helpers/child.js';
import {runCli, startCli} from '../helpers/cli.js';

test('serve --openai-voice: a name stands for a voice', async t => {
	const {child} = startCli(t, [
		'serve',
		'--port',
		'0',
		'--openai-voice',
		'nova=espeak:en-gb',
		'--ffmpeg-pool',
		'0',
	]);
	const [, host] = /ws:\/\/([^/]+)/.exec(await hear(child, /ws:\/\/[^/]+\//)) ?? [];
	const speak = async (voice: string) => {
		const answer = await fetch(`http://${host}/v1/audio/speech`, {
			method: 'POST',
			headers: {'content-type': 'application/json'},
			body: JSON.stringify({input: 'One.', voice, response_format: 'pcm'}),
		});
		return Buffer.from(await answer.arrayBuffer());
	};
	const [nova, mapped, alloy, heart] = [
		await speak('nova'),
		await speak('espeak:en-gb'),
		await speak('alloy'),
		await speak('heart'),
	];
	t.true(nova.equals(mapped));
	t.true(alloy.equals(heart));
	t.false(nova.equals(alloy));
});

for (const [args, message] of [
	[['--openai-voice', 'nova'], /--openai-voice takes a name and the voice.*"nova"/],
	[['--openai-voice', 'nova=nobody'], /there is no voice "nobody"/],
	[['--ffmpeg-pool', '65'], /size is 65; it must be a whole number from 0 to 64/],
] as const) {
	test(`serve ${args.join(' ')} is wrong use`, async t => {
		const {code, stderr} = await runCli(t, ['serve', '--port', '0', ...args]);
		t.is(code, 2);
		t.regex(stderr, message);
	});
}
