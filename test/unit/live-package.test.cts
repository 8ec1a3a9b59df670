/** What `npm run dev` does without n8n: compiling, linking, reading n8n's log. */
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readlinkSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Compilation, Compiler } from '../../scripts/lib/compiler.cts';
import { withOtherDescription } from '../../scripts/lib/dev-check.cts';
import { followLines } from '../../scripts/lib/follow.cts';
import { isAsset, linesOf, linkFolder } from '../../scripts/lib/live-package.cts';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'eyun-live-'));
});

afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

describe('Compiler', () => {
	/** A package of two files, and what is compiled after the first time. */
	async function compiled(text: string) {
		mkdirSync(join(folder, 'nodes', 'bundles'), { recursive: true });
		writeFileSync(join(folder, 'nodes', 'one.ts'), text);
		writeFileSync(join(folder, 'nodes', 'bundles', 'two.ts'), 'export const two = 2;\n');
		writeFileSync(
			join(folder, 'tsconfig.build.json'),
			'{"compilerOptions":{"module":"commonjs","rootDir":".","types":[]},"include":["nodes"]}',
		);
		let tell: (compilation: Compilation) => void = () => undefined;
		const next = new Promise<Compilation>((resolve) => (tell = resolve));
		const compiler = await Compiler.start(
			{ sources: folder, output: join(folder, 'out'), leaveOut: [join('nodes', 'bundles')] },
			(compilation) => tell(compilation),
		);
		return { compiler, next, output: join(folder, 'out', 'nodes', 'one.js') };
	}

	it('compiles a change, and leaves out what somebody else fills', async () => {
		const { compiler, next, output } = await compiled('export const text = "old";\n');
		try {
			expect(compiler.first.problems).toEqual([]);
			expect(readFileSync(output, 'utf8')).toContain('"old"');
			expect(existsSync(`${output}.map`)).toBe(true);
			writeFileSync(join(folder, 'nodes', 'one.ts'), 'export const text = "new";\n');
			const { files } = await next;
			expect(files).toContain(join('nodes', 'one.js'));
			expect(readFileSync(output, 'utf8')).toContain('"new"');
			expect(existsSync(join(folder, 'out', 'nodes', 'bundles'))).toBe(false);
		} finally {
			await compiler.stop();
		}
		await expect(compiler.failed).rejects.toThrow('ended');
	}, 60_000);

	it('tells of an error with file and line, and compiles nevertheless', async () => {
		const { compiler, output } = await compiled('\nexport const text: number = "one";\n');
		try {
			expect(compiler.first.problems).toEqual([
				expect.stringMatching(/nodes\/one\.ts\(2,14\): error TS2322/),
			]);
			expect(existsSync(output)).toBe(true);
		} finally {
			await compiler.stop();
		}
	}, 60_000);
});

describe('linesOf', () => {
	it('says what was written', () => {
		const files = ['a.js', 'a.js.map', 'b.js', 'c.js', 'd.js'];
		expect(linesOf({ files, problems: [], ms: 1234 })).toEqual([
			'Compiled in 1.2 s: a.js, b.js, c.js, ...',
		]);
	});

	it('puts problems first, and is silent where nothing was written or found', () => {
		const lines = linesOf({ files: ['a.js'], problems: ['a.ts(1,1): error'], ms: 100 });
		expect(lines).toEqual(['a.ts(1,1): error', expect.stringMatching(/^Compiled .*: a\.js$/)]);
		expect(linesOf({ files: [], problems: [], ms: 100 })).toEqual([]);
	});
});

it.each([
	[join('nodes', 'Eyun', 'eyun.svg'), true],
	[join('nodes', 'Eyun', 'Eyun.node.json'), true],
	[join('nodes', 'Eyun', 'libraries', 'xml.ts'), true],
	[join('nodes', 'Eyun', 'Eyun.node.ts'), false],
	[join('credentials', 'EyunApi.credentials.ts'), false],
])('whether %s is an asset: %s', (path, expected) => {
	expect(isAsset(path)).toBe(expected);
});

it('a link takes the place of a folder, and of another link, and stays', async () => {
	const [one, two] = ['one', 'two'].map((name) => join(folder, name));
	const path = join(folder, 'n8n', 'package');
	mkdirSync(join(path, 'dist'), { recursive: true });
	expect(await linkFolder(one, path)).toBe(true);
	expect(await linkFolder(one, path)).toBe(false);
	expect(await linkFolder(two, path)).toBe(true);
	expect(readlinkSync(path)).toBe(two);
});

it('lines of a growing file arrive whole, and only those that are new', async () => {
	const file = join(folder, 'log');
	writeFileSync(file, 'old\n');
	const lines: string[] = [];
	const [half, rest] = ['E', '云\n'];
	await new Promise<void>((resolve) => {
		const stop = followLines(file, (line) => {
			lines.push(line);
			if (line !== 'last') return;
			stop();
			resolve();
		});
		appendFileSync(file, `first\n${half}`);
		appendFileSync(file, `${rest}last\n`);
	});
	expect(lines).toEqual(['first', 'E云', 'last']);
});

describe('withOtherDescription', () => {
	it('changes the first description and nothing else', () => {
		const source = "displayName: 'A B',\n\tdescription: 'A B',\n\tother: 'A B',";
		const { source: changed, before, after } = withOtherDescription(source);
		expect(before).toBe('A B');
		expect(after).not.toBe(before);
		expect(changed).toBe(source.replace("description: 'A B'", `description: '${after}'`));
	});

	it('finds the description of the node that the check changes', () => {
		const file = join(__dirname, '..', '..', 'nodes', 'Eyun', 'Eyun.node.ts');
		const { before } = withOtherDescription(readFileSync(file, 'utf8'));
		expect(before).not.toBe('');
	});

	it('refuses a source without one', () => {
		expect(() => withOtherDescription('export {}')).toThrow('no description');
	});
});
