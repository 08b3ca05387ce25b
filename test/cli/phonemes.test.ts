import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {runCli, startCli} from '../helpers/cli.js';
import {temporaryFolder} from '../helpers/transcoding.js';

test.serial('phonemes prints a line for each line of stdin, as they come', async t => {
	const {child, heard, ended} = startCli(t, ['phonemes'], {input: 'open'});
	child.stdin?.write('Read it.\n');
	await heard(1);
	child.stdin?.end('\r\nIn 日本.\nI read it yesterday.');
	const {code, stdout, stderr} = await ended;
	t.is(code, 0);
	t.is(stdout.toString(), 'ɹˈid ɪt.\n\nˈɪn\nˌI ɹˈɛd ɪt jˈɛstəɹdˌA.\n');
	t.is(stderr, 'speechpipe: line 3 leaves out "日本.": the voice does not read Han script\n');
});

test.serial('lexicons, phonemes in the text, emoji, files, another voice', async t => {
	const cwd = await temporaryFolder(t);
	writeFileSync(join(cwd, 'words.json'), '{"nginx": "engine x"}');
	writeFileSync(
		join(cwd, 'words.pls'),
		`<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">
<lexeme><grapheme>speechpipe</grapheme><phoneme>ˈspiːtʃpaɪp</phoneme></lexeme></lexicon>`,
	);
	writeFileSync(join(cwd, 'text.txt'), 'nginx speechpipe [gif](/ʤɪf/) 👍\n');
	const options = ['--lexicon', 'words.json', '--lexicon', 'words.pls', '--inline-phonemes', '--skip-emoji'];
	const {stdout, stderr} = await runCli(t, ['phonemes', '-f', 'text.txt', ...options], {cwd});
	t.is(stderr, '');
	t.is(stdout.toString(), 'ˈɛnʤən ˈɛks spˈiʧpIp ʤɪf\n');
	const german = await runCli(t, ['phonemes', '--voice', 'espeak:de', 'Guten', 'Tag'], {cwd});
	t.is(german.stdout.toString(), 'ɡˈuːtən tˈɑːk\n');
});

test.serial('what goes wrong is told in a line, with its exit code', async t => {
	const cwd = await temporaryFolder(t);
	writeFileSync(join(cwd, 'entity.pls'), '<!DOCTYPE lexicon [<!ENTITY a "b">]><lexicon/>');
	const cases: ReadonlyArray<readonly [readonly string[], number, RegExp]> = [
		[['日本'], 1, /Nothing in the text could be spoken.*\[TEXT_NOT_SPEAKABLE\]/],
		[['a', '--voice', 'hart'], 2, /VOICE_UNKNOWN/],
		[['a', '-f', 'b'], 2, /not both/],
		[['-f', 'none.txt'], 1, /none\.txt cannot be read: no such file/],
		[['a', '--lexicon', 'none.pls'], 1, /none\.pls cannot be read: no such file/],
		[['a', '--lexicon', 'entity.pls'], 1, /entity\.pls:1: a DOCTYPE is not read.*\[LEXICON_INVALID\]/],
	];
	for (const [args, code, message] of cases) {
		const outcome = await runCli(t, ['phonemes', ...args], {cwd});
		t.is(outcome.code, code, outcome.stderr);
		t.regex(outcome.stderr, message);
		t.is(outcome.stdout.toString().trim(), '');
	}
	const latin1 = await runCli(t, ['phonemes'], {input: Buffer.from([0x61, 0x0a, 0xe9, 0x0a])});
	t.is(latin1.code, 1);
	t.regex(latin1.stderr, /not UTF-8.*\[TEXT_INVALID_UTF8\]/);
});

test.serial('say speaks by a lexicon', async t => {
	const cwd = await temporaryFolder(t);
	writeFileSync(join(cwd, 'words.json'), '{"nginx": "engine x"}');
	const by = (word: string, ...options: readonly string[]) =>
		runCli(t, ['say', `We run ${word}.`, ...options], {cwd});
	const {code, stdout} = await by('nginx', '--lexicon', 'words.json');
	t.is(code, 0);
	t.deepEqual(stdout, (await by('engine x')).stdout);
	const remote = await by('nginx', '--lexicon', 'words.json', '--url', 'ws://127.0.0.1:9');
	t.is(remote.code, 2);
	t.regex(remote.stderr, /lexicon cannot be asked of a server.*VOICE_LACKS/);
});
