/** The Compose file of examples/, as far as it can be checked without Docker; n8n's side of it: test/e2e. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

import { N8N_VERSION } from '../../scripts/lib/n8n-install.cts';

const ROOT = resolve(__dirname, '..', '..');

interface Service {
	image: string;
	command?: string;
	environment?: Record<string, unknown>;
	ports?: string[];
	volumes: string[];
	depends_on?: Record<string, { condition: string }>;
	healthcheck?: { test: string[]; retries: number };
}

/** Runs the container's check on this machine, with n8n on another port; gives back its exit code. */
async function healthCheck(port: number): Promise<number | null> {
	const [kind, program, ...flags] = services.n8n.healthcheck?.test ?? [];
	expect([kind, program]).toEqual(['CMD', 'node']);
	const here = flags.map((flag) => flag.replace(':5678/', `:${port}/`));
	const [code] = (await once(spawn(process.execPath, here), 'exit')) as [number | null];
	return code;
}

const { services, volumes } = parse(
	readFileSync(join(ROOT, 'examples', 'docker-compose.yml'), 'utf8'),
	{ strict: true, uniqueKeys: true },
) as { services: Record<string, Service>; volumes: Record<string, unknown> };

it('runs the n8n that this package is tested with', () => {
	expect(services.n8n.image).toBe(`docker.n8n.io/n8nio/n8n:${N8N_VERSION}`);
});

it('keeps what n8n and caddy store, in volumes that it declares', () => {
	const mounted = Object.values(services).flatMap(({ volumes: mounts }) => mounts);
	expect(mounted).toContain('n8n-data:/home/node/.n8n');
	expect(mounted.map((mount) => mount.split(':')[0]).sort()).toEqual(Object.keys(volumes).sort());
});

it('has only text as settings, because YAML reads a bare true or 1 as something else', () => {
	for (const value of Object.values(services.n8n.environment ?? {})) {
		expect(typeof value).toBe('string');
	}
});

it('lets only the proxy in, which leads to n8n', () => {
	expect(services.n8n.ports).toBeUndefined();
	expect(services.n8n.environment?.N8N_PROXY_HOPS).toBe('1');
	expect(services.caddy.command).toMatch(/--to n8n:5678$/);
	expect(services.caddy.depends_on).toEqual({ n8n: { condition: 'service_healthy' } });
});

it.each([
	[200, 0],
	[503, 1],
])('asks n8n whether it is ready: HTTP %i ends the check with %i', async (status, code) => {
	const asked: Array<string | undefined> = [];
	const server = createServer(({ url }, response) => {
		asked.push(url);
		response.writeHead(status).end();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		expect(await healthCheck((server.address() as AddressInfo).port)).toBe(code);
		expect(asked).toEqual(['/healthz/readiness']);
	} finally {
		server.close();
	}
});

it('takes an n8n that does not listen as not ready', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	expect(await healthCheck(port)).toBe(1);
});

it('asks for the domain, and for nothing else', () => {
	const text = JSON.stringify(services);
	const asked = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
	expect(new Set(asked)).toEqual(new Set(['DOMAIN']));
	// Compose stops with this text where it is missing.
	expect(services.n8n.environment?.N8N_WEBHOOK_URL).toMatch(/^https:\/\/\$\{DOMAIN:\?[^}]+\}\/$/);
});

it.each(['docs/install.md', 'docs/zh-CN/install.md'])('%s explains every setting', (page) => {
	const explained = readFileSync(join(ROOT, page), 'utf8');
	for (const name of Object.keys(services.n8n.environment ?? {})) {
		expect(explained).toContain(`\`${name}`);
	}
});
