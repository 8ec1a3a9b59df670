// Copies what tsc leaves behind into dist: icons, codex files and output schemas.
const { src, dest } = require('gulp');

const assets = [
	'{nodes,credentials}/**/*.{svg,png}',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
];

exports.default = () => src(assets, { base: '.', encoding: false }).pipe(dest('dist'));
