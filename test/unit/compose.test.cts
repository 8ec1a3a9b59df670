/** The Compose file of examples/, as far as it can be checked without Docker; n8n's side of it: test/e2e. */
import { readFileSync } from 'node:fs';
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
	depends_on?: string[];
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
	expect(services.caddy.depends_on).toEqual(['n8n']);
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
