import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';

const root = fileURLToPath(new URL('..', import.meta.url));
const mebibyte = 2 ** 20;

interface Locked {
	readonly dev?: boolean;
	readonly devOptional?: boolean;
	readonly optional?: boolean;
}

test('README tells what the packages take, within a tenth', t => {
	const lock: {packages: Record<string, Locked>} = JSON.parse(
		readFileSync(join(root, 'package-lock.json'), 'utf8'),
	);
	const needed = Object.entries(lock.packages)
		.filter(([place, {dev, devOptional, optional}]) => place !== '' && !dev && !devOptional && !optional)
		.map(([place]) => place);
	const web = 'node_modules/onnxruntime-web';
	const small = needed
		.filter(place => place !== web)
		.reduce((sum, place) => sum + sizeOf(join(root, place)), 0);

	const readme = readFileSync(join(root, 'README.md'), 'utf8');
	for (const [part, bytes] of [
		['small packages', small],
		['onnxruntime-web', sizeOf(join(root, web))],
	] as const) {
		const told = Number(new RegExp(`^\\| ${part}[^|]* \\| (\\d+)`, 'm').exec(readme)?.[1]);
		const is = bytes / mebibyte;
		t.true(Math.abs(told - is) < is / 10, `${part}: README says ${told}, it is ${is.toFixed(0)}`);
	}
});

/** Bytes of all files in a package's folder, without the packages in it. */
function sizeOf(folder: string): number {
	return readdirSync(folder, {withFileTypes: true})
		.filter(({name}) => name !== 'node_modules')
		.reduce((sum, entry) => {
			const path = join(folder, entry.name);
			return sum + (entry.isDirectory() ? sizeOf(path) : statSync(path).size);
		}, 0);
}
