import {fork} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {build} from 'esbuild';
import {temporaryFolder} from '../helpers/transcoding.js';

/** ms after the first event within which a run is killed: some 300 for rendering, as many for ffmpeg's passes. */
const longest = 700;
/** Of the run, headings among them. */
const utterances = 78;
/** That a kill may meet in flight: two at work, two that wait for them. */
const inFlight = 4;

const linesOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0);

function filesOf(folder: string): Map<string, string> {
	const names = readdirSync(folder, {recursive: true, encoding: 'utf8'}).sort();
	return new Map(
		names
			.filter(name => /\.(?:m4b|vtt)$/.test(name))
			.map(name => [name, readFileSync(join(folder, name), 'base64')]),
	);
}

// Where a loudness is asked for, all is rendered and measured before the first sample is encoded.
for (const {what, kills, lufs} of [
	{what: 'killed', kills: 50, lufs: []},
	{what: 'measured, and killed', kills: 8, lufs: ['-23']},
])
	test.serial(
		`${what} at ${kills} random moments and run again, nothing is rendered twice and every byte is the same`,
		async t => {
			t.timeout(600_000);
			const folder = await temporaryFolder(t);
			// As a program is run: a start of tsx for each would take most of the time. Where its packages are found.
			const program = fileURLToPath(new URL('../../node_modules/.killed-run.mjs', import.meta.url));
			await build({
				entryPoints: [fileURLToPath(new URL('./killed-run.ts', import.meta.url))],
				...{bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile: program},
			});
			t.teardown(() => rmSync(program, {force: true}));
			const start = (at: string) => {
				mkdirSync(join(folder, at), {recursive: true});
				const paths = [
					join(folder, at, 'book.m4b'),
					join(folder, `${at} cache`),
					join(folder, `${at} log`),
					...lufs,
				];
				return fork(program, paths, {execArgv: [], stdio: 'inherit'});
			};

			const whole = start('whole');
			const [status] = await once(whole, 'exit');
			t.is(status, 0);
			t.is(linesOf(join(folder, 'whole log')), utterances);
			const expected = filesOf(join(folder, 'whole'));
			t.is(expected.size, 4);

			let finished = 0;
			// Two series side by side, of books that have nothing in common.
			await Promise.all(['left', 'right'].map(series));
			t.log(`${finished} books after ${kills} kills`);

			async function series(name: string): Promise<void> {
				let [killed, round, killedInRound] = [0, 0, 0];
				for (;;) {
					const at = `${name} ${round}`;
					const run = start(at);
					const exited = once(run, 'exit');
					await Promise.race([once(run, 'message'), exited]);
					if (killed < kills / 2) await Promise.race([wait(Math.random() * longest), exited]);
					else await exited;
					run.kill('SIGKILL');
					const [code] = await exited;
					if (code === null) {
						killed++;
						killedInRound++;
						// A file is there whole or not at all, at any moment.
						for (const [file, content] of filesOf(join(folder, at)))
							if (!file.startsWith('.')) t.true(content === expected.get(file), file);
						continue;
					}
					t.is(code, 0);
					checkFinished(at, killedInRound);
					finished++;
					if (killed >= kills / 2) return;
					round++;
					killedInRound = 0;
				}
			}

			function checkFinished(at: string, killedInRound: number): void {
				const files = filesOf(join(folder, at));
				t.deepEqual([...files.keys()], [...expected.keys()]);
				for (const [name, content] of files) t.true(content === expected.get(name), name);
				t.deepEqual(
					readdirSync(join(folder, at)).sort(),
					['book captions', 'book.m4b'],
					'nothing else is left behind',
				);
				const rendered = linesOf(join(folder, `${at} log`));
				t.true(
					rendered <= utterances + killedInRound * inFlight,
					`${rendered} renderings, ${killedInRound} kills`,
				);
			}
		},
	);
