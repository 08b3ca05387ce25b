/** Numbers of the fields of ONNX's messages that are read or written here (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). */
export const ModelProto = {irVersion: 1, graph: 7, opsetImport: 8} as const;
export const OperatorSetId = {domain: 1, version: 2} as const;
export const GraphProto = {node: 1, name: 2, initializer: 5, input: 11, output: 12} as const;
export const NodeProto = {input: 1, output: 2, name: 3, opType: 4, attribute: 5} as const;
export const AttributeProto = {name: 1, f: 2, i: 3, t: 5, ints: 8, type: 20} as const;
export const ValueInfoProto = {name: 1, type: 2} as const;
export const TypeProto = {tensorType: 1} as const;
export const TensorType = {elemType: 1, shape: 2} as const;
export const TensorProto = {dims: 1, dataType: 2, name: 8, rawData: 9} as const;

/** `TensorProto.DataType`, those that speech needs. */
export const elementTypes = {float32: 1, int32: 6, int64: 7, float16: 10, float64: 11} as const;
export type ElementType = keyof typeof elementTypes;

/** `AttributeProto.AttributeType`. */
export const attributeTypes = {float: 1, int: 2, tensor: 4, ints: 7} as const;
