import test from 'ava';
import fc from 'fast-check';
import {toFloat16} from '../../lib/engines/neural/float16.js';
import {constant, fragment, node, output} from '../../lib/engines/neural/onnx/build.js';
import {findDurations} from '../../lib/engines/neural/onnx/durations.js';
import {withoutOutput} from '../../lib/engines/neural/onnx/edit.js';
import {withFixedNoise} from '../../lib/engines/neural/onnx/fixed-noise.js';
import {readGraph} from '../../lib/engines/neural/onnx/graph.js';
import {field, readFields} from '../../lib/engines/neural/onnx/protobuf.js';
import {loadRuntime} from '../../lib/engines/neural/runtime.js';
import {readData} from '../../lib/voices/data.js';
import {modelOf} from '../helpers/small-models.js';

test('fields come back as they were written', t => {
	fc.assert(
		fc.property(
			fc.array(
				fc.tuple(fc.integer({min: 1, max: 5000}), fc.oneof(fc.nat(), fc.maxSafeNat(), fc.uint8Array())),
			),
			fields => {
				const message = Buffer.concat(fields.map(([number, value]) => field(number, value)));
				const read = [...readFields(message)];
				t.deepEqual(
					read.map(({number, value}) => [number, typeof value === 'number' ? value : Buffer.from(value)]),
					fields.map(([number, value]) => [number, typeof value === 'number' ? value : Buffer.from(value)]),
				);
				t.deepEqual(Buffer.concat(read.map(({bytes}) => bytes)), message);
			},
		),
	);
	t.pass();
});

test('any bytes are read or refused, never read beyond their end', t => {
	fc.assert(
		fc.property(fc.uint8Array({maxLength: 200}), bytes => {
			try {
				readGraph(bytes);
			} catch (error) {
				if (!(error instanceof RangeError)) throw error;
			}
		}),
		{numRuns: 2000},
	);
	t.pass();
});

test('a model cut anywhere is refused', t => {
	const model = modelOf({
		inputs: [['x', 'float32', [1]]],
		outputs: [['y', 'float32', [1]]],
		graph: [node('Neg', ['x'], ['y'])],
	});
	t.deepEqual([...readGraph(model).inputs], [['x', 'float32']]);
	// The versions of the operators stand behind the graph.
	const graphEnd = model.length - 6;
	for (let length = 0; length < graphEnd; length++)
		t.throws(() => readGraph(model.subarray(0, length)), {instanceOf: RangeError});
});

const graphOf = (...nodes: readonly Uint8Array[]) => readGraph(fragment(nodes));

test('durations are found by structure', t => {
	const noise = node('Round', ['a'], ['b']);
	const rounded = node('Round', ['c'], ['d']);
	const clip = node('Clip', ['d', 'low', ''], ['e']);
	const sum = [node('Cast', ['e'], ['f']), node('CumSum', ['f', 'axis'], ['g'])];
	t.is(findDurations(graphOf(rounded), 'Round'), 'd');
	t.is(findDurations(graphOf(rounded, clip), 'Round'), 'e');
	t.is(findDurations(graphOf(rounded, clip), 'Ceil'), undefined);
	t.is(findDurations(graphOf(noise, rounded, clip, ...sum), 'Round'), 'e');
	t.is(findDurations(graphOf(noise, rounded), 'Round'), undefined);
	t.is(findDurations(graphOf(node('Neg', ['x'], ['y'])), 'Round'), undefined);
});

test("heart's are found where its fragment has them", async t => {
	t.is(findDurations(readGraph(await readData('heart/model.onnx')), 'Round'), '/Clip_output_0');
});

test('an output goes with the node that makes it, and nothing else', async t => {
	const waveform = await readData('heart/waveform.onnx-fragment');
	const [before, after] = [readGraph(waveform), readGraph(withoutOutput(waveform, 'durations'))];
	t.deepEqual([...after.outputs.keys()], ['audio']);
	t.is(after.nodes.length, before.nodes.length - 1);
});

for (const runtimeName of ['native', 'wasm'] as const) {
	test(`fixed noise is normal, and the same with every run (${runtimeName})`, async t => {
		const runtime = await loadRuntime(runtimeName);
		const random = modelOf({
			inputs: [['x', 'float32', ['A', 'B']]],
			outputs: [
				['y', 'float32', ['A', 'B']],
				['z', 'float32', ['A', 'B']],
			],
			graph: [node('RandomNormalLike', ['x'], ['y']), node('RandomNormalLike', ['x'], ['z'])],
		});
		const network = await runtime.load(withFixedNoise(random));
		const run = async (rows: number, columns: number) => {
			const x = runtime.tensor('float32', new Float32Array(rows * columns), [rows, columns]);
			const {y, z} = await network({x}, ['y', 'z']);
			return [y, z].map(tensor => Array.from(tensor?.data as Float32Array));
		};
		const [y = [], z = []] = await run(192, 300);
		t.deepEqual(await run(192, 300), [y, z]);
		const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
		for (const values of [y, z]) {
			t.is(values.length, 57_600);
			t.true(values.every(Number.isFinite));
			t.true(Math.abs(mean(values)) < 0.02, `mean ${mean(values)}`);
			t.true(Math.abs(mean(values.map(value => value ** 2)) - 1) < 0.03);
			t.true(Math.abs(mean(values.map(value => value ** 4)) - 3) < 0.25);
			for (const step of [1, 2, 300]) {
				const correlation = mean(values.slice(step).map((value, index) => value * (values[index] ?? 0)));
				t.true(Math.abs(correlation) < 0.02, `correlation ${correlation} at ${step}`);
			}
		}
		t.true(Math.abs(mean(y.map((value, index) => value * (z[index] ?? 0)))) < 0.02);
	});
}

test('half-precision floats are rounded to the nearest', t => {
	const halves = [0, 1, -2, 0.1, 65_504, 1e9, 6e-8, 1e-10, 1.0009765625];
	t.deepEqual([...toFloat16(halves)], [0, 0x3c00, 0xc000, 0x2e66, 0x7bff, 0x7c00, 1, 0, 0x3c01]);
});

test('constants and outputs are written as ONNX has them', t => {
	const graph = readGraph(
		fragment([constant('c', 'int64', [2 ** 40], [1]), output('y'), node('Neg', ['c'], ['y'])]),
	);
	t.deepEqual([...graph.outputs], [['y', undefined]]);
	t.deepEqual(graph.nodes, [{type: 'Neg', inputs: ['c'], outputs: ['y']}]);
});
