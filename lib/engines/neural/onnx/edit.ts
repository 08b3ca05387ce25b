import {nameOf, readNode} from './graph.js';
import {field, messageOf, readFields} from './protobuf.js';
import {GraphProto, ModelProto} from './schema.js';

/** A model without one of the outputs of its graph and without the node that makes it; all else stays as it was. */
export function withoutOutput(model: Uint8Array, name: string): Uint8Array {
	return editGraph(model, ({number, value, bytes}) => {
		if (typeof value === 'number') return bytes;
		if (number === GraphProto.output && nameOf(value) === name) return undefined;
		if (number === GraphProto.node && readNode(value).outputs.includes(name)) return undefined;
		return bytes;
	});
}

/** Asks for each field of the graph what is to stand in its place; undefined drops it. */
export function editGraph(
	model: Uint8Array,
	edit: (field: {number: number; value: number | Uint8Array; bytes: Uint8Array}) => Uint8Array | undefined,
): Uint8Array {
	const edited: Uint8Array[] = [];
	for (const top of readFields(model)) {
		if (top.number !== ModelProto.graph) edited.push(top.bytes);
		else {
			const fields = [...readFields(messageOf(top))].map(edit).filter(bytes => bytes !== undefined);
			edited.push(field(ModelProto.graph, Buffer.concat(fields)));
		}
	}
	return Buffer.concat(edited);
}
