// The rules for what runs on a developer's machine only: simulator, tests, bench, scripts.
// n8n's own rules (eslint.config.mjs, byte for byte n8n's default) forbid Node built-ins and
// timers, rightly for nodes and wrongly for servers and test runners.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ ignores: ['.cache', 'dist', 'nodes', 'credentials'] },
	{
		files: ['**/*.cts'],
		extends: [js.configs.recommended, tseslint.configs.recommended],
		rules: { curly: ['error', 'multi-line'] },
	},
	{
		files: ['**/*.{js,cjs,mjs}'],
		extends: [js.configs.recommended],
		languageOptions: {
			globals: {
				exports: 'writable',
				require: 'readonly',
				module: 'writable',
				process: 'readonly',
				console: 'readonly',
				__dirname: 'readonly',
			},
		},
	},
);
