// The routes of the service, from its OpenAPI document.

import { h } from './dom.js';

const content = document.getElementById('content');
const kept = localStorage.getItem('sage-theme');
if (kept) document.documentElement.dataset.theme = kept;
const told = await (await fetch('/openapi.json')).json();

const resolve = (schema) => (schema?.$ref ? told.components.schemas[schema.$ref.split('/').pop()] : schema);

function type(schema) {
  if (!schema) return '';
  if (schema.$ref) return schema.$ref.split('/').pop();
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map(type).join(' | ');
  if (schema.type === 'array') return `[${type(schema.items ?? schema.prefixItems?.[0])}]`;
  return schema.format ?? schema.type ?? '';
}

function fields(schema) {
  const found = resolve(schema);
  return Object.entries(found?.properties ?? {}).map(([name, field]) => h('li', {},
    h('code', {}, name), found.required?.includes(name) ? ' (required) ' : ' ',
    h('span', { className: 'faint' }, [type(field), field.description].filter(Boolean).join(': '))));
}

function route(path, method, operation) {
  const body = operation.requestBody?.content['application/json']?.schema;
  const parameters = (operation.parameters ?? []).filter((one) => one.in !== 'path').map((one) => h('li', {},
    h('code', {}, one.name), ' ', h('span', { className: 'faint' }, [one.in, type(one.schema)].join(', '))));
  return h('section', { className: 'route' },
    h('h3', {}, h('span', { className: 'method' }, method.toUpperCase()), h('code', {}, path)),
    h('p', {}, operation.description ?? ''),
    parameters.length ? h('ul', {}, parameters) : null, body ? h('ul', {}, fields(body)) : null,
    h('p', { className: 'faint' }, `Answers: ${Object.keys(operation.responses).join(', ')}`));
}

content.append(h('div', { className: 'wide' },
  h('h1', {}, `${told.info.title} ${told.info.version}`), h('p', {}, told.info.description),
  h('p', { className: 'faint' }, 'The same as a document: ', h('a', { href: '/openapi.json' }, '/openapi.json')),
  h('pre', {}, `curl -s ${location.origin}/v1/scenes -H 'content-type: application/json' \\\n  -d '{"task": "pick up a bowl and place it on the table"}'`),
  Object.entries(told.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => route(path, method, operation)))));
