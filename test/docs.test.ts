import {execFile} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import {environment, isBuilt, loaders} from './helpers/cli.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

const pages = [
	'README.md',
	...readdirSync(join(root, 'docs'))
		.filter(name => name.endsWith('.md'))
		.map(name => `docs/${name}`),
];

interface Example {
	readonly title: string;
	/** The folder it runs in, within the project, so that `speechpipe` means this checkout. */
	readonly folder: string;
}

/** Each block of TypeScript is a program that a reader may copy. */
const examples: Example[] = pages.flatMap(page => {
	const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)];
	return blocks.map(([, code], index) => {
		const folder = join(root, '.tmp/docs', page.replaceAll('/', '-'), String(index + 1));
		rmSync(folder, {recursive: true, force: true});
		mkdirSync(folder, {recursive: true});
		writeFileSync(join(folder, 'example.ts'), code ?? '');
		return {title: `${page}, example ${index + 1}`, folder};
	});
});

/** As users have it: compiled once, against the package as it is built; else from source. */
const typed = checkTypes(isBuilt ? {noEmit: false} : {customConditions: ['speechpipe-source']});
typed.catch(() => {}); // A test tells of it.
const program = isBuilt ? ['example.js'] : ['--conditions=speechpipe-source', ...loaders, 'example.ts'];

async function checkTypes(compilerOptions: object): Promise<void> {
	const config = {
		extends: '../../tsconfig.json',
		compilerOptions: {...compilerOptions, noUnusedLocals: false},
		include: ['.', '../../lib/**/*.d.ts'],
	};
	writeFileSync(join(root, '.tmp/docs/tsconfig.json'), JSON.stringify(config));
	await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, '.tmp/docs')]);
}

test('the examples are well typed', async t => {
	await t.notThrowsAsync(typed);
});

for (const {title, folder} of examples) {
	test.serial(`${title} runs`, async t => {
		await typed.catch(() => {});
		const {stderr} = await run(process.execPath, program, {cwd: folder, env: environment, timeout: 60_000});
		t.is(stderr, '');
	});
}

test('links between the pages lead somewhere, to headings too', t => {
	for (const page of pages) {
		for (const [, path = '', anchor] of linksOf(page)) {
			const target = path === '' ? page : join(dirname(page), path);
			t.true(existsSync(join(root, target)), `${page} links to ${path}`);
			if (anchor !== undefined)
				t.true(anchorsOf(target).includes(anchor), `${page} links to ${path}#${anchor}`);
		}
	}
});

test('the index tells every page', t => {
	const told = new Set(linksOf('docs/README.md').map(([, path = '']) => join('docs', path)));
	for (const page of pages) if (page !== 'docs/README.md') t.true(told.has(page), page);
});

/** Links within the project: the path, and the heading. */
function linksOf(page: string): RegExpExecArray[] {
	return [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:|\/)([^)#]*)(?:#([^)]+))?\)/g)];
}

/** What GitHub calls the headings of a page. */
function anchorsOf(page: string): string[] {
	const headings = readFileSync(join(root, page), 'utf8').matchAll(/^#+ (.+)$/gm);
	return [...headings].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(/\s/g, '-'),
	);
}
