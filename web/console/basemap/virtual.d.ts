declare module 'virtual:basemap' {
  /** Where the bundled map lies: a `Schematic` as JSON. */
  const url: string;
  export default url;
}
