/**
 * A process of its own that compiles the package whenever a source changes, for compiler.cts: the
 * compiler would keep the simulator waiting. Its one argument is a CompilerOptions as JSON.
 */
import { relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import type { Compilation, CompilerOptions } from './compiler.cts';

const { sources, output, leaveOut } = JSON.parse(process.argv[2]) as CompilerOptions;

// The one who started us is gone.
process.once('disconnect', () => process.exit());

const left = leaveOut.map((folder) => resolve(output, folder) + sep);
let written: string[] = [];

const system: ts.System = {
	...ts.sys,
	writeFile(path, text, byteOrderMark) {
		const file = resolve(path);
		if (left.some((folder) => file.startsWith(folder))) return;
		ts.sys.writeFile(file, text, byteOrderMark);
		written.push(relative(output, file));
	},
};

const format: ts.FormatDiagnosticsHost = {
	getCanonicalFileName: (name) => name,
	getCurrentDirectory: () => sources,
	getNewLine: () => '\n',
};

let problems: string[] = [];
const note = (diagnostic: ts.Diagnostic) => {
	problems.push(ts.formatDiagnostic(diagnostic, format).trimEnd());
};

const host = ts.createWatchCompilerHost(
	resolve(sources, 'tsconfig.build.json'),
	// The debugger shows the sources by their maps.
	{ outDir: output, sourceMap: true },
	system,
	ts.createEmitAndSemanticDiagnosticsBuilderProgram,
	note,
	// What it tells of its own state, we tell by messages.
	() => undefined,
);

const createProgram = host.createProgram;
let begin = Date.now();
host.createProgram = (...args) => {
	begin = Date.now();
	written = [];
	problems = [];
	return createProgram(...args);
};

const writeAndReport = host.afterProgramCreate?.bind(host);
host.afterProgramCreate = (program) => {
	writeAndReport?.(program);
	const compilation: Compilation = { files: written, problems, ms: Date.now() - begin };
	process.send?.(compilation);
};

ts.createWatchProgram(host);
