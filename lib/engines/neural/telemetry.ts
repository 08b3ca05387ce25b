/**
 * The native ONNX Runtime tells its maker which models it loads, from version 1.29 on, unless the environment forbids it. What is
 * spoken here stays here. To be called where threads are started: a thread's own environment is a copy that native code does not see.
 */
export function forbidTelemetry(): void {
	process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
}
