// Unit, engine and package tests. Everything outside the package is .cts (see docs/architecture.md).

// The tests make many nodes fail on purpose; n8n would print each failure.
process.env.N8N_LOG_LEVEL ??= 'silent';

module.exports = {
	testEnvironment: 'node',
	// Jest leaves one core free; with two cores that would be half of them.
	maxWorkers: '100%',
	// A busy machine must not fail a test: what hangs is found all the same.
	testTimeout: 60_000,
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.cts'],
	testPathIgnorePatterns: ['<rootDir>/test/e2e/'],
	moduleFileExtensions: ['js', 'cjs', 'ts', 'cts', 'json', 'node'],
	moduleNameMapper: {
		// A package of ES modules, which Jest does not load; this is the same for CommonJS.
		'^marked$': '<rootDir>/node_modules/marked/lib/marked.umd.js',
		// As esbuild does it for the package.
		'^silk-wasm/lib/silk\\.wasm$': '<rootDir>/test/support/silkWasm.cjs',
	},
	transform: { '^.+\\.c?ts$': ['ts-jest', { diagnostics: false }] },
};
