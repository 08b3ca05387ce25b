import {field} from './protobuf.js';
import {
	AttributeProto,
	attributeTypes,
	type ElementType,
	elementTypes,
	GraphProto,
	ModelProto,
	NodeProto,
	TensorProto,
	ValueInfoProto,
} from './schema.js';

/** A node to add to a graph, as a field of it. */
export function node(
	type: string,
	inputs: readonly string[],
	outputs: readonly string[],
	attributes: readonly Uint8Array[] = [],
): Uint8Array {
	return field(
		GraphProto.node,
		Buffer.concat([
			...inputs.map(name => field(NodeProto.input, name)),
			...outputs.map(name => field(NodeProto.output, name)),
			field(NodeProto.name, `speechpipe/${outputs[0]}`),
			field(NodeProto.opType, type),
			...attributes.map(attribute => field(NodeProto.attribute, attribute)),
		]),
	);
}

/** An attribute of a node that is an integer. */
export function int(name: string, value: number): Uint8Array {
	return Buffer.concat([
		field(AttributeProto.name, name),
		field(AttributeProto.i, value),
		field(AttributeProto.type, attributeTypes.int),
	]);
}

/** An output of a graph, as a field of it; the runtime infers its type. */
export function output(name: string): Uint8Array {
	return field(GraphProto.output, field(ValueInfoProto.name, name));
}

/** A model of these fields of a graph: appended to a model, it adds them to its graph (messages merge, repeated fields concatenate). */
export function fragment(graphFields: readonly Uint8Array[]): Uint8Array {
	return field(ModelProto.graph, Buffer.concat(graphFields));
}

/** Gives a tensor within the graph as an output, its elements as this type. */
export function exposed(tensor: string, name: string, type: ElementType): Uint8Array {
	return fragment([node('Cast', [tensor], [name], [int('to', elementTypes[type])]), output(name)]);
}

/** A constant of a graph, as a field of it. */
export function constant(
	name: string,
	type: 'float32' | 'int64',
	values: readonly number[],
	dims: readonly number[],
): Uint8Array {
	const data = type === 'float32' ? Float32Array.from(values) : BigInt64Array.from(values, BigInt);
	return field(
		GraphProto.initializer,
		Buffer.concat([
			...dims.map(dim => field(TensorProto.dims, dim)),
			field(TensorProto.dataType, elementTypes[type]),
			field(TensorProto.name, name),
			field(TensorProto.rawData, new Uint8Array(data.buffer)),
		]),
	);
}
