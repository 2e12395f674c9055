// Shows openapi.json: an index, every operation with its types, and a way to try those that only read.

/** Makes an element: properties by name, then children, which may be text. */
function el(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.flat().filter((it) => it !== undefined && it !== null && it !== false));
  return element;
}

const contract = await (await fetch('../openapi.json')).json();
const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, it]) => ({ path, method, tag: it.tags[0], id: it.operationId, it })),
);
const byTag = Map.groupBy(operations, (it) => it.tag);

document.querySelector('#version').textContent = contract.info.version;
document.querySelector('#index').replaceChildren(...[...byTag].map(indexOf));
document
  .querySelector('#operations')
  .replaceChildren(...[...byTag].flatMap(([tag, all]) => [el('h2', {}, tag), ...all.map(card)]));
document.querySelector('#search').addEventListener('input', ({ target }) => filter(target.value));
openNamed();
addEventListener('hashchange', openNamed);

function indexOf([tag, all]) {
  const link = ({ method, path, id }) =>
    el('a', { href: `#${id}`, title: path }, badge(method), path.replace('/v1/', ''));
  return el('section', {}, el('h2', {}, tag), all.map(link));
}

function badge(method) {
  return el('span', { className: `method ${method}` }, method.toUpperCase());
}

function card(operation) {
  const { method, path, id, it } = operation;
  const scope = it.description?.match(/"(\w+)"/)?.[1];
  const details = el(
    'details',
    { id },
    el(
      'summary',
      {},
      badge(method),
      el('span', { className: 'path' }, path),
      el('span', { className: 'says' }, it.summary),
      el('span', { className: 'may', title: scope ? 'Scope that the key needs' : 'Needs no key' }, scope ?? 'anyone'),
    ),
  );
  // A hundred cards are made at once, their insides when somebody looks.
  details.addEventListener(
    'toggle',
    () => details.open && details.children.length === 1 && details.append(inside(operation)),
  );
  return details;
}

function inside({ method, path, it }) {
  const parameters = it.parameters ?? [];
  const body = it.requestBody?.content['application/json'].schema;
  const reply = it.responses[200].content['application/json'].schema;
  return el(
    'div',
    { className: 'inside' },
    parameters.length > 0 && [el('h3', {}, 'Parameters'), el('table', {}, parameters.map(row))],
    body && [el('h3', {}, 'Body'), type(body)],
    el('h3', {}, 'Reply'),
    type(reply),
    el('h3', {}, 'From a shell'),
    el('pre', {}, shell(method, path, body)),
    method === 'get' && trial(path, parameters),
  );
}

function row({ name, in: where, required, schema, description }) {
  return el(
    'tr',
    {},
    el('td', {}, el('code', {}, name)),
    el('td', { className: 'quiet' }, `${where}${required ? '' : ', optional'}`),
    el('td', {}, inWords(schema, 0), description && el('div', { className: 'quiet' }, description)),
  );
}

const type = (schema) => el('pre', {}, inWords(schema, 0));

/** A JSON schema as a reader of TypeScript would write it. */
function inWords(schema, depth) {
  const pad = '  '.repeat(depth);
  const many = schema.anyOf ?? schema.oneOf;
  if (many?.length === 2 && many[1].type === 'array' && same(many[0], many[1].items))
    return `${inWords(many[0], depth)} or an array of these`;
  if (many) return unique(many.map((it) => inWords(it, depth))).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((it) => JSON.stringify(it)).join(' | ');
  if (schema.type === 'array') {
    const item = inWords(schema.items ?? {}, depth);
    return `${item.includes(' | ') ? `(${item})` : item}[]`;
  }
  if (schema.type === 'object') {
    const fields = Object.entries(schema.properties ?? {}).map(([name, it]) => {
      const isOptional = !schema.required?.includes(name);
      return `${pad}  ${name}${isOptional ? '?' : ''}: ${inWords(it, depth + 1)}${limits(it)}`;
    });
    if (fields.length > 0) return `{\n${fields.join('\n')}\n${pad}}`;
    return schema.additionalProperties ? `{ [name]: ${inWords(schema.additionalProperties, depth)} }` : '{ }';
  }
  return schema.format === 'date-time' ? 'instant' : (schema.type ?? 'any');
}

const unique = (all) => [...new Set(all)];
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function limits({ minimum, maximum, exclusiveMinimum, maxLength, default: usual }) {
  const least = minimum ?? exclusiveMinimum;
  const isBounded = [least > Number.MIN_SAFE_INTEGER, maximum < Number.MAX_SAFE_INTEGER];
  const said = [
    isBounded[0] && !isBounded[1] && `at least ${least}`,
    isBounded[1] && !isBounded[0] && `at most ${maximum}`,
    isBounded[0] && isBounded[1] && `${least} to ${maximum}`,
    maxLength && `at most ${maxLength} characters`,
    usual !== undefined && `${JSON.stringify(usual)} when absent`,
  ].filter(Boolean);
  return said.length > 0 ? `  // ${said.join(', ')}` : '';
}

function shell(method, path, body) {
  const lines = [`curl ${location.origin}${path}`, "-H 'Authorization: Bearer pl_…'"];
  if (method === 'post')
    lines.push(
      "-H 'Content-Type: application/json'",
      '-H "Idempotency-Key: $(uuidgen)"',
      `-d '${body ? '{ … }' : '{}'}'`,
    );
  return lines.join(' \\\n  ');
}

/** A form that asks the server this page came from. */
function trial(path, parameters) {
  const result = el('pre', { hidden: true });
  const inputs = parameters.map((it) => el('input', { name: it.name, placeholder: it.name, required: it.required }));
  const form = el('form', {}, inputs, el('button', {}, 'Try it'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const values = new Map(inputs.filter((it) => it.value !== '').map((it) => [it.name, it.value]));
    const inPath = (name) => path.includes(`{${name}}`);
    const query = new URLSearchParams([...values].filter(([name]) => !inPath(name)));
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values.get(name) ?? ''));
    result.hidden = false;
    result.textContent = 'Asking …';
    result.textContent = await answer(`${address}${query.size > 0 ? `?${query}` : ''}`);
  });
  return [el('h3', {}, 'Here and now'), form, result];
}

const SHOWN = 20_000;

async function answer(address) {
  const key = document.querySelector('#key').value;
  const stop = new AbortController();
  try {
    const reply = await fetch(address, { headers: key ? { authorization: `Bearer ${key}` } : {}, signal: stop.signal });
    const head = `${reply.status} ${reply.headers.get('content-type') ?? ''}\n\n`;
    if (reply.headers.get('content-type')?.startsWith('text/event-stream')) {
      stop.abort();
      return `${head}(events arrive here without end: use curl -N)`;
    }
    const text = await reply.text();
    const pretty = text.startsWith('{') ? JSON.stringify(JSON.parse(text), null, 2) : text;
    return head + (pretty.length > SHOWN ? `${pretty.slice(0, SHOWN)}\n… ${pretty.length} characters in all` : pretty);
  } catch (error) {
    return `The server did not answer: ${error.message}`;
  }
}

function filter(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const { id, path, tag, it } of operations) {
    const haystack = `${path} ${tag} ${it.summary} ${it.description ?? ''}`.toLowerCase();
    const isHidden = !words.every((word) => haystack.includes(word));
    document.getElementById(id).hidden = isHidden;
    document.querySelector(`nav a[href="#${id}"]`).hidden = isHidden;
  }
}

function openNamed() {
  const details = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (details?.tagName !== 'DETAILS') return;
  details.open = true;
  details.scrollIntoView();
}
