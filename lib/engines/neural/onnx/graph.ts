import {type Field, messageOf, readFields, textOf} from './protobuf.js';
import {
	type ElementType,
	elementTypes,
	GraphProto,
	ModelProto,
	NodeProto,
	TensorType,
	TypeProto,
	ValueInfoProto,
} from './schema.js';

export interface GraphNode {
	readonly type: string;
	readonly inputs: readonly string[];
	readonly outputs: readonly string[];
}

/** What a model takes, gives and does, its weights left out. */
export interface Graph {
	/** Names and the type of their elements; undefined for one that is not told, or that speech has no use for. */
	readonly inputs: ReadonlyMap<string, ElementType | undefined>;
	readonly outputs: ReadonlyMap<string, ElementType | undefined>;
	readonly nodes: readonly GraphNode[];
}

/** Reads the graph of an ONNX file; its weights are skipped, not read. Throws `RangeError` for what is cut off or no ONNX file. */
export function readGraph(model: Uint8Array): Graph {
	const inputs = new Map<string, ElementType | undefined>();
	const outputs = new Map<string, ElementType | undefined>();
	const nodes: GraphNode[] = [];
	for (const graph of readFields(model)) {
		if (graph.number !== ModelProto.graph) continue;
		for (const field of readFields(messageOf(graph))) {
			const {number} = field;
			if (number === GraphProto.node) nodes.push(readNode(messageOf(field)));
			else if (number === GraphProto.input || number === GraphProto.output) {
				const message = messageOf(field);
				(number === GraphProto.input ? inputs : outputs).set(nameOf(message), typeOf(message));
			}
		}
	}
	if (nodes.length === 0) throw new RangeError('it holds no graph');
	return {inputs, outputs, nodes};
}

export function readNode(message: Uint8Array): GraphNode {
	const fields = [...readFields(message)];
	const texts = (number: number) => fields.filter(field => field.number === number).map(textOf);
	return {
		type: texts(NodeProto.opType)[0] ?? '',
		inputs: texts(NodeProto.input),
		outputs: texts(NodeProto.output),
	};
}

/** Of a ValueInfoProto: a graph's input or output. */
export function nameOf(valueInfo: Uint8Array): string {
	const name = find(valueInfo, ValueInfoProto.name);
	return name ? textOf(name) : '';
}

function typeOf(valueInfo: Uint8Array): ElementType | undefined {
	const type = find(valueInfo, ValueInfoProto.type);
	const tensor = type && find(messageOf(type), TypeProto.tensorType);
	const element = tensor && find(messageOf(tensor), TensorType.elemType);
	// `Object.keys` forgets what the keys are.
	const names = Object.keys(elementTypes) as ElementType[];
	return names.find(name => elementTypes[name] === element?.value);
}

function find(message: Uint8Array, number: number): Field | undefined {
	for (const field of readFields(message)) if (field.number === number) return field;
	return undefined;
}
