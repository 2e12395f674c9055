-- One row as soon as anything made up was brought into this network: its figures are then shown as simulated, for good.
create table kernel.simulated (
  since timestamptz not null,
  what  text not null
);
