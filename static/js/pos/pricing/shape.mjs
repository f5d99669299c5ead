// As much of JSON Schema as our own schemas use, so that both commands refuse the same shapes.

/**
 * Whether a value follows a schema; `root` holds what `$ref` names.
 * @param {any} schema
 * @param {any} value
 * @param {any} [root]
 * @returns {boolean}
 */
export function follows(schema, value, root = schema) {
  if (schema.$ref) return follows(root.$defs[schema.$ref.split("/").at(-1)], value, root);
  if (schema.anyOf) return schema.anyOf.some((/** @type {any} */ choice) => follows(choice, value, root));
  if ("const" in schema) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value);
  return KINDS[schema.type]?.(schema, value, root) ?? false;
}

/** @type {Record<string, (schema: any, value: any, root: any) => boolean>} */
const KINDS = {
  null: (_schema, value) => value === null,
  boolean: (_schema, value) => typeof value === "boolean",
  string: (_schema, value) => typeof value === "string",
  integer: (schema, value) =>
    Number.isInteger(value) && value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity),
  array: (schema, value, root) => Array.isArray(value) && value.every((item) => follows(schema.items, item, root)),
  object: objectFollows,
};

/** @param {any} schema @param {any} value @param {any} root */
function objectFollows(schema, value, root) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const known = schema.properties ?? {};
  const rest = schema.additionalProperties ?? true;
  return (
    (schema.required ?? []).every((/** @type {string} */ name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, part]) =>
      Object.hasOwn(known, name) ? follows(known[name], part, root) : rest === true || (rest !== false && follows(rest, part, root)),
    )
  );
}
