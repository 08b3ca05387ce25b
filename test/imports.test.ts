import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test from 'ava';

const lib = fileURLToPath(new URL('../lib/', import.meta.url));

interface Import {
	readonly from: string;
	/** Relative to lib for our own files, as written for packages. */
	readonly to: string;
	readonly typesOnly: boolean;
	/** Loaded when it is needed, not before. */
	readonly later: boolean;
}

const files = readdirSync(lib, {recursive: true, encoding: 'utf8'}).filter(file => file.endsWith('.ts'));

const imports: Import[] = files.flatMap(from => {
	const source = readFileSync(lib + from, 'utf8');
	const found = source.matchAll(
		/(?:^|\n)(?:import|export)\s+(?<type>type\s)?(?<names>[^;'"]*?\sfrom\s+)?['"](?<to>[^'"]+)['"]|import\(\s*['"](?<dynamic>[^'"]+)['"]/g,
	);
	return [...found].map(({groups}) => {
		const to = groups?.['to'] ?? groups?.['dynamic'] ?? '';
		const path = to.startsWith('.')
			? new URL(to, `file:///${from}`).pathname.slice(1).replace(/\.js$/, '.ts')
			: to;
		const later = groups?.['dynamic'] !== undefined;
		return {from, to: path, typesOnly: groups?.['type'] !== undefined, later};
	});
});

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '.');
const within = (folder: string) => (found: Import) => folderOf(found.from) === folder;
const show = (found: readonly Import[]) => found.map(({from, to}) => `${from} imports ${to}`);

/** Files beside the folders that every folder may use: they know nothing of speech. */
const plain = new Set(['errors.ts']);

test('the files were found, and the imports in them', t => {
	t.true(files.length > 20);
	t.true(imports.some(({from, to}) => from === 'transform/turn.ts' && to === 'waiting.ts'));
	t.true(imports.some(({typesOnly}) => typesOnly));
});

test('wire, text, audio import no other folder but types and errors; phonemes knows text alone', t => {
	for (const [folder, others] of [
		['wire', []],
		['text', []],
		['audio', []],
		['phonemes', ['text']],
	] as const) {
		const strangers = imports
			.filter(within(folder))
			.filter(({to}) => to.endsWith('.ts') && folderOf(to) !== folder && !plain.has(to))
			.filter(({to, typesOnly}) => !typesOnly && !others.some(other => other === folderOf(to)));
		t.deepEqual(show(strangers), []);
	}
});

test('engines know nothing of wire, client, server or transform; client and server not each other', t => {
	for (const [folder, strangers] of [
		['engines', ['wire', 'client', 'server', 'transform']],
		['voices', ['wire', 'client', 'server', 'transform']],
		['client', ['server']],
		['server', ['client']],
	] as const) {
		const found = imports
			.filter(within(folder))
			.filter(({to}) => strangers.some(stranger => stranger === folderOf(to)));
		t.deepEqual(show(found), []);
	}
});

test('each of these packages has one place', t => {
	for (const [name, place] of [
		['readable-stream', /^streams\.ts$/],
		['fluent-ffmpeg', /^transcode\//],
		['ws', /^(?:client|server\/websocket)\/ws-/],
		['p-queue', /^audiobook\/render\.ts$/],
		['cacache', /^audiobook\/cache/],
		['fastify', /^server\/http\/|^server\/openai\//],
		['@fastify/swagger', /^server\/http\//],
		['negotiator', /^server\/http\//],
		['prom-client', /^server\/metric/],
		['bullmq', /^audiobook\/cluster\//],
		['ioredis', /^audiobook\/cluster\//],
		['yauzl', /^audiobook\/in\/archive\.ts$/],
		['yazl', /^audiobook\/read-along\/archive\.ts$/],
		['commander', /^cli\//],
		['parse5', /^audiobook\/(?:in\/html|read-along\/)/],
		['yauzl', /^audiobook\/(?:in\/archive|read-along\/)/],
		['mdast-util-from-markdown', /^audiobook\/in\/markdown/],
		['tar', /^voices\/install\//],
		['http-proxy-agent', /^voices\/install\//],
		['https-proxy-agent', /^voices\/install\//],
		['proxy-from-env', /^voices\/install\//],
		['onnxruntime-node', /^engines\/neural\//],
		['onnxruntime-web', /^engines\/neural\//],
		['@echogarden/espeak-ng-emscripten', /^engines\/espeak\//],
	] as const) {
		const users = imports.filter(({to}) => to === name || to.startsWith(`${name}/`));
		t.deepEqual(show(users.filter(({from}) => !place.test(from))), []);
	}
});

/** The packages that are loaded with a file, at once. */
function loadedWith(entry: string): string[] {
	const loaded = new Set([entry]);
	for (const file of loaded) {
		for (const {from, to, typesOnly, later} of imports) {
			if (from === file && !typesOnly && !later && !to.startsWith('node:')) loaded.add(to);
		}
	}
	return [...loaded].filter(path => !path.endsWith('.ts'));
}

test('who imports speechpipe loads no package but readable-stream', t => {
	t.deepEqual(loadedWith('index.ts'), ['readable-stream']);
});

test('who imports speechpipe/audiobook loads what every book needs: no schemas, no Markdown, no queue', t => {
	const loaded = loadedWith('audiobook/index.ts');
	t.true(loaded.includes('cacache'));
	t.deepEqual(
		loaded.filter(name => /^(?:typebox|mdast|micromark|bullmq|ioredis)/.test(name)),
		[],
	);
});

test('the command line uses what users can import', t => {
	const found = imports
		.filter(within('cli'))
		.filter(
			({to}) =>
				to.endsWith('.ts') &&
				folderOf(to) !== 'cli' &&
				!/^(?:(?:audiobook|audiobook\/cluster|client|server|voices)\/)?index\.ts$/.test(to),
		);
	t.deepEqual(show(found), []);
});

test('lib does without tsx', t => {
	t.deepEqual(show(imports.filter(({to}) => /^tsx(?:\/|$)/.test(to))), []);
	t.deepEqual(
		files.filter(file => readFileSync(lib + file, 'utf8').includes('import=tsx')),
		[],
	);
});
