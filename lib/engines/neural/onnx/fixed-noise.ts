import {constant, int, node} from './build.js';
import {editGraph} from './edit.js';
import {readNode} from './graph.js';
import {GraphProto} from './schema.js';

/**
 * A model in which what is random is fixed: in place of `RandomNormalLike`, whose numbers differ with every run, stand numbers
 * that are as normally distributed and depend on nothing but their place. So the same text gives the same samples.
 */
export function withFixedNoise(model: Uint8Array): Uint8Array {
	let count = 0;
	return editGraph(model, ({number, value, bytes}) => {
		if (number !== GraphProto.node || typeof value === 'number') return bytes;
		const {type, inputs, outputs} = readNode(value);
		const [input = '', output = ''] = [inputs[0], outputs[0]];
		return type === 'RandomNormalLike' ? fixedNoise(input, output, ++count) : bytes;
	});
}

/** 2^31 - 1, a prime: products of two numbers below it stay exact in int64. */
const prime = 2_147_483_647;

/** Nodes that give normal numbers in the shape of `input`, by Box and Muller's transform of two uniform ones. `seed` sets them apart from others. */
function fixedNoise(input: string, output: string, seed: number): Uint8Array {
	const name = (part: string) => `speechpipe/noise${seed}/${part}`;
	const parts: Uint8Array[] = [];
	const op = (
		type: string,
		inputs: readonly string[],
		to: string,
		attributes: readonly Uint8Array[] = [],
	) => {
		parts.push(node(type, inputs, [to], attributes));
		return to;
	};
	const constants = new Set<string>();
	const number = (type: 'float32' | 'int64', value: number) => {
		const known = name(`${type}/${value}`);
		if (!constants.has(known)) parts.push(constant(known, type, [value], []));
		constants.add(known);
		return known;
	};
	const int64 = (value: number) => number('int64', value);
	const float = (value: number) => number('float32', value);
	const shape = op('Shape', [input], name('shape'));
	const size = op('ReduceProd', [shape], name('size'), [int('keepdims', 0)]);
	const [zero, one, modulus] = [int64(0), int64(1), int64(prime)];
	const places = op('Range', [zero, size, one], name('places'));
	/** Uniform from 0 to 1: a polynomial of the place, modulo the prime, of the third degree and with large coefficients. */
	const uniform = (part: string, [a, b, c]: readonly [number, number, number]) => {
		const step = (from: string, factor: string, plus: string, to: string) => {
			const product = op('Mul', [from, factor], name(`${part}/${to}/product`));
			const sum = op('Add', [product, plus], name(`${part}/${to}/sum`));
			return op('Mod', [sum, modulus], name(`${part}/${to}`));
		};
		const first = step(places, int64(a + seed), int64(b), 'first');
		const second = step(first, first, int64(c), 'second');
		const third = step(second, first, int64(a), 'third');
		const positive = op('Add', [third, one], name(`${part}/positive`));
		const real = op('Cast', [positive], name(`${part}/real`), [int('to', 1)]);
		return op('Mul', [real, float(1 / (prime + 1))], name(part));
	};
	const u = uniform('u', [1_103_515_245, 1_013_904_223, 715_225_739]);
	const v = uniform('v', [1_664_525_019, 1_181_783_497, 1_524_157_877]);
	const minusTwo = op('Mul', [op('Log', [u], name('log')), float(-2)], name('minusTwoLog'));
	const radius = op('Sqrt', [minusTwo], name('radius'));
	const angle = op('Mul', [v, float(2 * Math.PI)], name('angle'));
	const flat = op('Mul', [radius, op('Cos', [angle], name('cosine'))], name('flat'));
	op('Reshape', [flat, shape], output);
	return Buffer.concat(parts);
}
