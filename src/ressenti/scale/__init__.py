"""Many accounts: several processes, folders of shards that a killed run goes on with, inputs of any size."""
