// n8n's scanner for community packages, run offline over the two things that n8n looks at: the
// source checkout and the published tarball. n8n's own verdict passes warnings; ours does not.
//
//   node scripts/scan.mjs [folder]     (default: this repository; needs its dist)
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
	buildScanConfig,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

/**
 * Scans one folder; gives back the number of findings, warnings included. n8n's `analyzePackage`
 * decides; the second look, with n8n's own rules, is for the warnings that it keeps to itself and
 * for the number of files (it passes a folder in which it finds none).
 */
async function scan(name, folder, patterns) {
	const verdict = await analyzePackage(folder, patterns);
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
		globInputPaths: true,
		errorOnUnmatchedPattern: false,
	});
	const results = await eslint.lintFiles(patterns);
	const errors = results.reduce((sum, { errorCount }) => sum + errorCount, 0);
	const warnings = results.reduce((sum, { warningCount }) => sum + warningCount, 0);
	console.log(`${name}: ${results.length} files, ${errors} errors, ${warnings} warnings`);
	if (errors + warnings > 0)
		console.log(await (await eslint.loadFormatter('stylish')).format(results));
	if (results.length === 0) {
		console.log(`${name}: nothing to scan in ${folder}`);
		return 1;
	}
	if (!verdict.passed && errors === 0) {
		console.log(`${name}: ${verdict.message}\n${verdict.details ?? ''}`);
		return 1;
	}
	return errors + warnings;
}

/** Packs the package in `folder` and unpacks the tarball into `target`; gives back its root. */
function unpackedTarball(folder, target) {
	// On Windows npm is a .cmd file, which only a shell can start.
	const shell = process.platform === 'win32';
	call('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', target], {
		cwd: folder,
		shell,
	});
	const tarball = readdirSync(target).find((file) => file.endsWith('.tgz'));
	call('tar', ['-xzf', tarball], { cwd: target });
	return join(target, 'package');
}

function call(command, args, options) {
	const { status, error, stderr } = spawnSync(command, args, { ...options, encoding: 'utf8' });
	if (status !== 0) {
		throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
	}
}

const here = dirname(fileURLToPath(import.meta.url));
const folder = resolve(process.argv[2] ?? join(here, '..'));
if (!existsSync(join(folder, 'dist'))) {
	console.error(`There is no dist in ${folder}: run "npm run build" first.`);
	process.exit(1);
}
const scratch = mkdtempSync(join(tmpdir(), 'eyun-scan-'));
try {
	const findings =
		(await scan('Source', folder, SOURCE_FILE_PATTERNS)) +
		(await scan('Tarball', unpackedTarball(folder, scratch), TARBALL_FILE_PATTERNS));
	process.exitCode = findings > 0 ? 1 : 0;
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
