import {execFile} from 'node:child_process';
import {lstat, mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {interleave, mib, type Rounds, seconds, spread, table} from './measure.js';

const run = promisify(execFile);
const root = new URL('..', import.meta.url);
const parts = [
	'onnxruntime-node',
	'onnxruntime-web',
	'@ffmpeg-installer',
	'@echogarden/espeak-ng-emscripten',
	'speechpipe',
];

/** What `npm install speechpipe` takes: time, and room on the disk. */
export default async function install(rounds: Rounds = {warmUp: 1, rounds: 3}): Promise<string> {
	const work = await mkdtemp(join(tmpdir(), 'speechpipe-install-'));
	try {
		await run('npm', ['pack', '--silent', '--pack-destination', work], {cwd: root});
		const [tarball = ''] = await readdir(work);
		const packed = (await lstat(join(work, tarball))).size;
		const whole = join(work, 'whole');
		const slim = join(work, 'slim');
		const of = await interleave<string>(
			[
				async () => ({whole: await installInto(whole, join(work, tarball), [])}),
				async () => ({slim: await installInto(slim, join(work, tarball), ['--omit=optional'])}),
			],
			rounds,
		);
		const sizes = async (name: string) => mib((await size(join(whole, 'node_modules', name))) || Number.NaN);
		const took = (name: string) => seconds(spread(of(name)).p50);
		const both = await Promise.all([whole, slim].map(folder => size(join(folder, 'node_modules'))));
		return [
			`The packed tarball (${mib(packed)}) into an empty folder, npm’s cache filled before; median of ${rounds.rounds}.`,
			table(
				['', 'time', 'on disk'],
				[
					['`npm install`', took('whole'), mib(both[0] ?? 0)],
					['`npm install --omit=optional`', took('slim'), mib(both[1] ?? 0)],
				],
			),
			table(
				['Of it', 'on disk'],
				await Promise.all(parts.map(async name => [`\`${name}\``, await sizes(name)])),
			),
		].join('\n\n');
	} finally {
		await rm(work, {recursive: true, force: true});
	}
}

/** ms that npm takes. As the README tells its users to: without onnxruntime-node's download of CUDA. */
async function installInto(folder: string, tarball: string, options: readonly string[]): Promise<number> {
	await rm(folder, {recursive: true, force: true});
	await mkdir(folder);
	await writeFile(join(folder, 'package.json'), '{"private": true}');
	const env = {...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip'};
	const started = performance.now();
	await run('npm', ['install', '--no-audit', '--no-fund', ...options, tarball], {cwd: folder, env});
	return performance.now() - started;
}

/** Bytes that a folder's files take on the disk; 0 where there is none. */
async function size(folder: string): Promise<number> {
	const names = await readdir(folder).catch(() => []);
	const sizes = names.map(async name => {
		const entry = await lstat(join(folder, name));
		// POSIX counts blocks of 512 bytes.
		return entry.isDirectory() ? size(join(folder, name)) : entry.blocks * 512;
	});
	return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
}
