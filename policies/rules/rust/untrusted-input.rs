async fn job(body: Bytes) -> String {
    // ruleid: rust.input.unlimited-deserialisation
    let job: Job = bincode::deserialize(&body).unwrap();
    // ruleid: rust.input.unlimited-deserialisation
    let plan: Plan = serde_yaml::from_slice(&body).unwrap();
    // ruleid: rust.input.unlimited-deserialisation
    let step = rmp_serde::from_slice::<Step>(&body);
    // ok: rust.input.unlimited-deserialisation
    let small = bincode::decode_from_slice(&body, bincode::config::standard().with_limit::<65536>());
    // ok: rust.input.unlimited-deserialisation
    let named: Job = serde_json::from_slice(&body).unwrap();
    String::new()
}

fn serve(mut stream: TcpStream) {
    let mut buffer = vec![0u8; 65536];
    stream.read_exact(&mut buffer).unwrap();
    // ruleid: rust.input.unlimited-deserialisation
    let message: Message = bincode::deserialize(&buffer).unwrap();
    // ok: rust.input.unlimited-deserialisation
    let settings: Settings = serde_yaml::from_str(include_str!("settings.yaml")).unwrap();
}

fn archived(bytes: &[u8]) {
    // ruleid: rust.input.unchecked-archive-access
    let a = unsafe { rkyv::access_unchecked::<ArchivedOrder>(bytes) };
    // ruleid: rust.input.unchecked-archive-access
    let b = unsafe { flatbuffers::root_unchecked::<Order>(bytes) };
    // ok: rust.input.unchecked-archive-access
    let c = rkyv::access::<ArchivedOrder, Error>(bytes);
    // ok: rust.input.unchecked-archive-access
    let d = flatbuffers::root::<Order>(bytes);
}

fn unzip(mut archive: ZipArchive<File>, folder: &Path) -> Result<()> {
    for i in 0..archive.len() {
        let mut member = archive.by_index(i)?;
        let target = folder.join(member.name());
        // ruleid: rust.archive.extract-without-check
        let mut file = File::create(&target)?;
        // ok: rust.archive.extract-without-check
        let mut plain = File::create(folder.join(Path::new(member.name()).file_name()))?;
        let Some(name) = member.enclosed_name() else { continue };
        // ok: rust.archive.extract-without-check
        let mut safe = File::create(folder.join(name))?;
    }
    Ok(())
}

fn untar(mut archive: Archive<File>, folder: &Path) -> Result<()> {
    for entry in archive.entries()? {
        let mut entry = entry?;
        let target = folder.join(entry.path()?);
        // ruleid: rust.archive.extract-without-check
        entry.unpack(&target)?;
        // ok: rust.archive.extract-without-check
        entry.unpack_in(folder)?;
    }
    Ok(())
}

fn secrets() {
    // ruleid: rust.crypto.predictable-secret
    let reset_token = fastrand::u64(..);
    let mut fast = SmallRng::from_entropy();
    // ruleid: rust.crypto.predictable-secret
    let session_id = fast.next_u64();
    let mut fixed = StdRng::seed_from_u64(42);
    let mut bytes = [0u8; 32];
    fixed.fill_bytes(&mut bytes);
    // ruleid: rust.crypto.predictable-secret
    let api_key = hex::encode(bytes);
    // ok: rust.crypto.predictable-secret
    let delay = fastrand::u64(..1000);
    // ok: rust.crypto.predictable-secret
    let token = OsRng.next_u64();
    let mut good = [0u8; 32];
    rand::rng().fill_bytes(&mut good);
    // ok: rust.crypto.predictable-secret
    let salt = hex::encode(good);
}
