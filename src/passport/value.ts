// What a value of an attribute looks like: one shape for each kind, checked wherever a value comes in.
import { z } from 'zod';

const text = z.string().trim().min(1).max(2000);
/** Documents are linked, never kept here. */
const url = z.url({ protocol: /^https$/ }).max(500);
const number = z.number();
const address = z.strictObject({ addressCountry: text, postalCode: text, streetAddress: text });
const place = z.strictObject({ componentName: text, componentId: text.optional() });
/** Registry number of Chemical Abstracts, such as 7439-93-2. */
const cas = z.string().regex(/^\d{2,7}-\d{2}-\d$/, 'a CAS number such as 7439-93-2');
const email = z.email().max(200);
const component = z.enum(['pack', 'module', 'cell']);

export const kinds = {
  text,
  texts: z.array(text).min(1).max(100),
  url,
  date: z.iso.date(),
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as 2031-12'),
  category: z.enum(['ev', 'lmt', 'industrial', 'stationary']),
  status: z.enum(['Original', 'Repurposed', 'Reused', 'Remanufactured', 'Waste']),
  amount: number.min(0),
  count: z.int().min(0),
  percent: number.min(0).max(100),
  /** Of a fade: measuring may show a new pack slightly above its plate. */
  change: number.min(-100).max(100_000),
  temperature: number.min(-100).max(200),
  address,
  organisation: z.strictObject({
    contactName: text,
    postalAddress: address,
    identifier: text,
    emailAddress: email.optional(),
    webAddress: url.optional(),
  }),
  chemistry: z.strictObject({ shortName: text, clearName: text }),
  materials: z
    .array(z.strictObject({ location: place, cas, name: text, massKg: number.min(0), critical: z.boolean() }))
    .min(1)
    .max(500),
  substances: z
    .array(
      z.strictObject({
        class: z.enum(['AcuteToxicity', 'SkinCorrosionOrIrritation', 'EyeDamageOrIrritation']),
        name: text,
        /** Percent of its mass. */
        concentration: number.min(0).max(100),
        location: place,
        cas,
      }),
    )
    .max(500),
  documents: z
    .array(
      z.strictObject({
        documentType: z.enum([
          'BillOfMaterial',
          'Model3D',
          'DismantlingManual',
          'RemovalManual',
          'OtherManual',
          'Drawing',
        ]),
        mimeType: text,
        documentURL: url,
      }),
    )
    .min(1)
    .max(100),
  parts: z
    .array(z.strictObject({ partName: text, partNumber: text }))
    .min(1)
    .max(2000),
  sources: z
    .array(
      z.strictObject({
        nameOfSupplier: text,
        addressOfSupplier: address,
        emailAddressOfSupplier: email,
        supplierWebAddress: url,
      }),
    )
    .min(1)
    .max(100),
  powers: z
    .array(z.strictObject({ atSoC: number.min(0).max(100), powerCapabilityAt: number.min(0) }))
    .min(1)
    .max(20),
  resistances: z
    .array(z.strictObject({ batteryComponent: component, ohmicResistance: number.min(0) }))
    .min(1)
    .max(10),
  increases: z
    .array(z.strictObject({ batteryComponent: component, increase: number.min(-100).max(100_000) }))
    .min(1)
    .max(10),
  /** None is a value: nothing happened that anybody recorded. */
  happenings: z.array(z.strictObject({ what: text, at: z.iso.datetime() })),
} as const;

export type ValueKind = keyof typeof kinds;
export type ValueOf<K extends ValueKind> = z.output<(typeof kinds)[K]>;

/** What is wrong with a value, as `path: problem`; nothing when it is sound. */
export function wrongWith(
  kind: ValueKind,
  value: unknown,
): readonly { readonly path: string; readonly problem: string }[] {
  const read = kinds[kind].safeParse(value);
  return read.success ? [] : read.error.issues.map((it) => ({ path: it.path.join('.'), problem: it.message }));
}
